package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ProduceResponse;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * What the records of a batch are told that has failed: all the same, unless some of them are at
 * fault.
 *
 * @param recordErrors those at fault, counted from 0; empty if it is the batch
 */
record BatchFailure(Exception whole, List<Integer> recordErrors) {
  static BatchFailure of(Exception failure) {
    return new BatchFailure(failure, List.of());
  }

  static BatchFailure of(ProduceResponse.PartitionResult result) {
    return new BatchFailure(result.error().exception(), result.recordErrors());
  }

  /** What the record of that number is told, with the exceptions of kafka-clients' sender. */
  Exception of(int index) {
    if (recordErrors.isEmpty()) {
      return whole;
    }
    if (!recordErrors.contains(index)) {
      return new KafkaException(
          "Failed to append record because it was part of a batch which had one more more invalid"
              + " records");
    }
    // With more than one of them, the error of the batch may be about another.
    return recordErrors.size() == 1 ? whole : ErrorCode.INVALID_RECORD.exception();
  }
}
