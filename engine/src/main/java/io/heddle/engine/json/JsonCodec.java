package io.heddle.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import io.heddle.engine.codec.Codec;
import io.heddle.engine.codec.CodecException;
import java.io.IOException;
import java.util.Objects;

/**
 * JSON of one type. What comes in is bounded, in bytes and in depth, and cannot name a class to be
 * made: types with {@code JsonTypeInfo} by class name are refused. Unknown fields are refused too.
 * Maps and properties are written in the order of their names, so that equal values have equal
 * bytes. Thread-safe.
 *
 * @param <T> the type
 */
public final class JsonCodec<T> implements Codec<T> {
  private static final int DEFAULT_MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 100;

  private final Class<T> type;
  private final int maxBytes;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JsonCodec(Class<T> type, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, was " + maxBytes);
    }
    this.type = Objects.requireNonNull(type, "type");
    this.maxBytes = maxBytes;
    ObjectMapper mapper = mapper(maxBytes);
    this.reader = mapper.readerFor(type);
    this.writer = mapper.writerFor(type);
  }

  /** JSON of this type, up to 1 MiB. */
  public static <T> JsonCodec<T> of(Class<T> type) {
    return new JsonCodec<>(type, DEFAULT_MAX_BYTES);
  }

  /** JSON of this type, up to so many bytes; at least 1. */
  public static <T> JsonCodec<T> of(Class<T> type, int maxBytes) {
    return new JsonCodec<>(type, maxBytes);
  }

  @Override
  public byte[] encode(T value) {
    byte[] bytes;
    try {
      bytes = writer.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new CodecException("a %s must be JSON, is not".formatted(type.getName()), e);
    }
    check(bytes);
    return bytes;
  }

  @Override
  public T decode(byte[] bytes) {
    check(bytes);
    T value;
    try {
      value = reader.readValue(bytes);
    } catch (IOException e) {
      throw new CodecException(
          "bytes must be JSON of %s, were %d bytes that are not"
              .formatted(type.getName(), bytes.length),
          e);
    }
    if (value == null) {
      throw new CodecException("bytes must be JSON of %s, were null".formatted(type.getName()));
    }
    return value;
  }

  private void check(byte[] bytes) {
    if (bytes.length > maxBytes) {
      throw new CodecException(
          "JSON must be at most %d bytes, was %d".formatted(maxBytes, bytes.length));
    }
  }

  private static ObjectMapper mapper(int maxBytes) {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(maxBytes)
                    .maxDocumentLength(maxBytes)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .polymorphicTypeValidator(new NoTypes())
        .build();
  }

  /** Lets no class name in the input be followed. */
  private static final class NoTypes extends PolymorphicTypeValidator.Base {
    private static final long serialVersionUID = 1L;

    @Override
    public Validity validateBaseType(MapperConfig<?> config, JavaType base) {
      return Validity.DENIED;
    }

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
      return Validity.DENIED;
    }

    @Override
    public Validity validateSubType(MapperConfig<?> config, JavaType base, JavaType sub) {
      return Validity.DENIED;
    }
  }
}
