package io.heddle.simulator.check;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns the key of a record into the text that facts carry, one text for each key. */
final class KeyText {
  private KeyText() {}

  /**
   * Returns the key's own text; for bytes what they say in UTF-8, else hexadecimal. A record
   * without a key is ordered with no other one, so it gets a key of its own.
   */
  static String of(ConsumerRecord<?, ?> record) {
    Object key = record.key();
    if (key == null) {
      return "no key " + record.topic() + "-" + record.partition() + "@" + record.offset();
    }
    return key instanceof byte[] bytes ? of(bytes) : key.toString();
  }

  /** What bytes say in UTF-8, else hexadecimal. */
  static String of(byte[] bytes) {
    if (isAscii(bytes)) {
      // The same, and most keys are: it needs no decoder.
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }
}
