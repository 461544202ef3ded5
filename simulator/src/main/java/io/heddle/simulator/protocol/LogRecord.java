package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One record of a batch. Immutable by convention: nobody writes to the arrays. */
public final class LogRecord {
  private final int offsetDelta;
  private final long timestamp;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final List<Header> headers;

  /**
   * A record.
   *
   * @param offsetDelta its offset less the base offset of its batch
   * @param timestamp milliseconds since the epoch
   */
  public LogRecord(
      int offsetDelta,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers) {
    this.offsetDelta = offsetDelta;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
    this.headers = List.copyOf(headers);
  }

  /** The same with another timestamp. */
  LogRecord at(long millis) {
    return new LogRecord(offsetDelta, millis, key, value, headers);
  }

  /** The same at another place of its batch. */
  public LogRecord withOffsetDelta(int delta) {
    return new LogRecord(delta, timestamp, key, value, headers);
  }

  /** Its offset less the base offset of its batch. */
  public int offsetDelta() {
    return offsetDelta;
  }

  /** Milliseconds since the epoch. */
  public long timestamp() {
    return timestamp;
  }

  /** The key as it was sent, or null. */
  public byte @Nullable [] key() {
    return key;
  }

  /** The value as it was sent, or null. */
  public byte @Nullable [] value() {
    return value;
  }

  /** The headers in the order in which they were added. */
  public List<Header> headers() {
    return headers;
  }

  /** Roughly the bytes this record takes in Kafka's format, uncompressed. */
  public int sizeInBytes() {
    int size = 8 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      size += header.key().length() + (header.value() == null ? 0 : header.value().length) + 2;
    }
    return size;
  }
}
