package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/**
 * Says that an event accessed an entry of a store that an event behind it had accessed before, so
 * that what they left behind depends on who was faster. It happens when an entry is touched at two
 * stages, or at one stage in the order of another key; each entry must be touched at one stage, and
 * in its own order. The source fails: nothing that could be done about it later would be right.
 */
public final class StoreAccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String store;
  private final transient byte[] key;
  private final transient StoreAccess first;
  private final transient StoreAccess second;

  StoreAccessException(String store, byte[] key, StoreAccess first, StoreAccess second) {
    super(
        ("accesses to an entry must ascend in the order of its partition: entry %s of store '%s'"
                + " was %s, and then was to be %s")
            .formatted(text(key), store, first, second));
    this.store = store;
    this.key = key.clone();
    this.first = first;
    this.second = second;
  }

  /** The store. */
  public String store() {
    return store;
  }

  /** The key of the entry. */
  public byte[] key() {
    return key.clone();
  }

  /** The access that happened, by the event behind. */
  public StoreAccess first() {
    return first;
  }

  /** The access that was refused. */
  public StoreAccess second() {
    return second;
  }

  private static String text(byte[] key) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return "'" + text + "'";
      }
    } catch (CharacterCodingException e) {
      // Then it is no text.
      return "0x" + HexFormat.of().formatHex(key);
    }
    return "0x" + HexFormat.of().formatHex(key);
  }
}
