package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.codec.Codec;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A change of a store's entry, as it is put together: the entry's key, and its new value or none if
 * it was deleted. Immutable; the arrays that are handed in are its own from then on.
 */
public final class ChangeLogEntry {
  private final byte[] key;
  private final byte @Nullable [] value;
  private final @Nullable String type;

  private ChangeLogEntry(byte[] key, byte @Nullable [] value, @Nullable String type) {
    this.key = Objects.requireNonNull(key, "key");
    this.value = value;
    this.type = type;
  }

  /** The entry of this key has this value now. */
  public static ChangeLogEntry of(byte[] key, byte[] value) {
    return new ChangeLogEntry(key, Objects.requireNonNull(value, "value"), null);
  }

  /** The entry of this key has this value now. */
  public static <K, V> ChangeLogEntry of(Codec<K> keys, K key, Codec<V> values, V value) {
    return of(keys.encode(key), values.encode(value));
  }

  /** The entry of this key was deleted. */
  public static ChangeLogEntry deletion(byte[] key) {
    return new ChangeLogEntry(key, null, null);
  }

  /** The entry of this key was deleted. */
  public static <K> ChangeLogEntry deletion(Codec<K> keys, K key) {
    return deletion(keys.encode(key));
  }

  /** This, with a type for {@link StateStore#receiveChange} to tell entries apart by. */
  public ChangeLogEntry ofType(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("type must not be blank, was '%s'".formatted(name));
    }
    return new ChangeLogEntry(key, value, name);
  }

  byte[] key() {
    return key;
  }

  ProducerRecord<byte[], byte[]> forProducer(String topic, int partition, String typeHeader) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, value);
    if (type != null) {
      record.headers().add(typeHeader, type.getBytes(UTF_8));
    }
    return record;
  }
}
