package io.heddle.engine.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The codecs that need no library. */
public final class Codecs {
  private static final Codec<byte[]> BYTES =
      new Codec<>() {
        @Override
        public byte[] encode(byte[] value) {
          return value;
        }

        @Override
        public byte[] decode(byte[] bytes) {
          return bytes;
        }
      };

  private static final Codec<String> STRINGS =
      new Codec<>() {
        @Override
        public byte[] encode(String value) {
          try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
          } catch (CharacterCodingException e) {
            throw new CodecException("a string must have no half surrogate pairs, had one", e);
          }
        }

        @Override
        public String decode(byte[] bytes) {
          try {
            return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
          } catch (CharacterCodingException e) {
            throw new CodecException(
                "a string must be UTF-8, was %d bytes that are not".formatted(bytes.length), e);
          }
        }
      };

  private static final Codec<Long> SORTABLE_LONGS =
      new Codec<>() {
        @Override
        public byte[] encode(Long value) {
          return ByteBuffer.allocate(Long.BYTES).putLong(value ^ Long.MIN_VALUE).array();
        }

        @Override
        public Long decode(byte[] bytes) {
          if (bytes.length != Long.BYTES) {
            throw new CodecException(
                "a long must be %d bytes, was %d".formatted(Long.BYTES, bytes.length));
          }
          return ByteBuffer.wrap(bytes).getLong() ^ Long.MIN_VALUE;
        }
      };

  private Codecs() {}

  /** Bytes as they are. */
  public static Codec<byte[]> bytes() {
    return BYTES;
  }

  /** Strings in UTF-8, strictly. */
  public static Codec<String> strings() {
    return STRINGS;
  }

  /**
   * Longs whose bytes, compared without sign from the first on, are in the order of the numbers, as
   * an ordered store wants them: big-endian with the sign bit flipped.
   */
  public static Codec<Long> sortableLongs() {
    return SORTABLE_LONGS;
  }

  /** The same, for values of at most so many bytes both ways; at least 1. */
  public static <T> Codec<T> limited(Codec<T> codec, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, was " + maxBytes);
    }
    return new Codec<>() {
      @Override
      public byte[] encode(T value) {
        return check(codec.encode(value));
      }

      @Override
      public T decode(byte[] bytes) {
        return codec.decode(check(bytes));
      }

      private byte[] check(byte[] bytes) {
        if (bytes.length > maxBytes) {
          throw new CodecException(
              "a value must be at most %d bytes, was %d".formatted(maxBytes, bytes.length));
        }
        return bytes;
      }
    };
  }
}
