package io.heddle.engine.codec;

import io.heddle.engine.Decoder;

/**
 * Turns values into bytes and back: {@code decode(encode(value))} equals {@code value}.
 * Thread-safe.
 *
 * @param <T> the values; never null
 */
public interface Codec<T> {

  /** The bytes of a value. */
  byte[] encode(T value);

  /**
   * The value of these bytes.
   *
   * @throws CodecException if they are those of no value
   */
  T decode(byte[] bytes);

  /**
   * Decodes the values of records.
   *
   * @return a decoder that refuses a record without a value, which is a tombstone
   */
  default Decoder<T> ofValues() {
    return record -> {
      if (record.value() == null) {
        throw new CodecException("value must be present, was a tombstone");
      }
      return decode(record.value());
    };
  }

  /** Decodes the keys of records, and refuses a record without a key. */
  default Decoder<T> ofKeys() {
    return record -> {
      if (record.key() == null) {
        throw new CodecException("key must be present, was null");
      }
      return decode(record.key());
    };
  }
}
