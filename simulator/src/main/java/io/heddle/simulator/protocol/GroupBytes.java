package io.heddle.simulator.protocol;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that the group protocol carries and does not look into: subscriptions and assignments in
 * Kafka's encoding. Compared by content.
 */
public final class GroupBytes {
  /** No bytes. */
  public static final GroupBytes EMPTY = new GroupBytes(new byte[0]);

  private final byte[] bytes;

  private GroupBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  public static GroupBytes of(byte[] bytes) {
    return new GroupBytes(bytes.clone());
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** How many bytes there are. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
