package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a topic demands of batches and their records, as Kafka's {@code LogValidator} has it. */
final class BatchRules {
  private BatchRules() {}

  /** How the batch is refused, if it is. */
  static Optional<Append> refusal(RecordBatch batch, TopicConfig config, long nowMillis) {
    List<Integer> faulty = new ArrayList<>();
    ErrorCode first = ErrorCode.NONE;
    for (int i = 0; i < batch.records().size(); i++) {
      ErrorCode fault = faultOf(batch.records().get(i), config, nowMillis);
      if (fault != ErrorCode.NONE) {
        faulty.add(i);
        first = first == ErrorCode.NONE ? fault : first;
      }
    }
    if (first != ErrorCode.NONE) {
      return Optional.of(Append.refused(first, faulty));
    }
    return batch.sizeInBytes() > config.maxMessageBytes()
        ? Optional.of(Append.refused(ErrorCode.MESSAGE_TOO_LARGE))
        : Optional.empty();
  }

  private static ErrorCode faultOf(LogRecord each, TopicConfig config, long nowMillis) {
    if (config.compacts() && each.key() == null) {
      return ErrorCode.INVALID_RECORD;
    }
    long ahead = each.timestamp() - nowMillis;
    boolean offTime =
        ahead > config.timestampAfterMaxMs() || -ahead > config.timestampBeforeMaxMs();
    return offTime && !config.logAppendTime() ? ErrorCode.INVALID_TIMESTAMP : ErrorCode.NONE;
  }
}
