package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.RecordBatch;
import java.util.List;

/** Some batches, and the bytes that they count for against the limits of a fetch. */
record Slice(List<RecordBatch> batches, long bytes) {
  static final Slice EMPTY = new Slice(List.of(), 0);
}
