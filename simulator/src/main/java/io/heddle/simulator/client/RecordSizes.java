package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** How many bytes Kafka's format (version 2, not compressed) takes: when batches are full by it. */
final class RecordSizes {
  /** What a batch takes beside its records. */
  static final int BATCH_OVERHEAD = 61;

  private static final int MOST_RECORD_OVERHEAD = 21;
  private static final int ATTRIBUTES = 1;

  private RecordSizes() {}

  /** What a batch of this record takes at most: kafka-clients makes that much room for it. */
  static int upperBound(LogRecord record) {
    return BATCH_OVERHEAD + MOST_RECORD_OVERHEAD + payload(record);
  }

  /** What the record takes at that place of its batch. */
  static int of(LogRecord record, int offsetDelta, long timestampDelta) {
    int body = ATTRIBUTES + varint(timestampDelta) + varint(offsetDelta) + payload(record);
    return varint(body) + body;
  }

  private static int payload(LogRecord record) {
    int size = field(record.key()) + field(record.value()) + varint(record.headers().size());
    for (Header header : record.headers()) {
      size += field(header.key().getBytes(StandardCharsets.UTF_8)) + field(header.value());
    }
    return size;
  }

  private static int field(byte @Nullable [] bytes) {
    return bytes == null ? varint(-1) : varint(bytes.length) + bytes.length;
  }

  /** A number of either sign takes seven bits a byte, its sign being one of the bits. */
  private static int varint(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(zigzag) + 6) / 7);
  }
}
