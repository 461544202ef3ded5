package io.heddle.campaign.group;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.GroupBytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Kafka's words for what has several, as the simulator's. */
final class Codes {
  private static final Map<Short, ErrorCode> BY_CODE = new HashMap<>();

  static {
    for (ErrorCode error : ErrorCode.values()) {
      BY_CODE.put(error.code(), error);
    }
  }

  private Codes() {}

  static ErrorCode error(short code) {
    ErrorCode error = BY_CODE.get(code);
    if (error == null) {
      throw new IllegalStateException("the simulator does not know " + Errors.forCode(code));
    }
    return error;
  }

  /** The error with which Kafka's coordinator answers after that failure. */
  static ErrorCode error(RuntimeException failure) {
    return switch (Errors.forException(failure)) {
      case UNKNOWN_TOPIC_OR_PARTITION, NOT_ENOUGH_REPLICAS, REQUEST_TIMED_OUT ->
          ErrorCode.COORDINATOR_NOT_AVAILABLE;
      case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> ErrorCode.NOT_COORDINATOR;
      default -> error(Errors.forException(failure).code());
    };
  }

  static String text(String nullable) {
    return nullable == null ? "" : nullable;
  }

  static GroupBytes bytes(byte[] nullable) {
    return nullable == null ? GroupBytes.EMPTY : GroupBytes.of(nullable);
  }

  static String nullable(Optional<String> text) {
    return text.orElse(null);
  }
}
