package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.List;
import java.util.Optional;

/**
 * What became of a batch.
 *
 * @param appended the batch as it is stored now; empty if it was refused or there already
 * @param recordErrors the records, counted from 0, for which it was refused
 */
record Append(
    ErrorCode error, long baseOffset, Optional<RecordBatch> appended, List<Integer> recordErrors) {
  Append(ErrorCode error, long baseOffset, Optional<RecordBatch> appended) {
    this(error, baseOffset, appended, List.of());
  }

  static Append refused(ErrorCode error) {
    return new Append(error, -1, Optional.empty());
  }

  /** Refused for some of its records. */
  static Append refused(ErrorCode error, List<Integer> recordErrors) {
    return new Append(error, -1, Optional.empty(), recordErrors);
  }
}
