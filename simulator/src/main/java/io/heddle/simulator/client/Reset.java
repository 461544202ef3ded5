package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ListOffsetsRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Where a consumer goes on in a partition in which it has no position. */
sealed interface Reset {
  /**
   * What ListOffsets is to be asked for.
   *
   * @throws java.time.DateTimeException if that is before the beginning of time
   * @throws ArithmeticException if no number of milliseconds tells of it
   */
  long timestamp(Clock clock);

  /** An end of the log. */
  enum End implements Reset {
    EARLIEST(ListOffsetsRequest.EARLIEST),
    LATEST(ListOffsetsRequest.LATEST);

    private final long timestamp;

    End(long timestamp) {
      this.timestamp = timestamp;
    }

    @Override
    public long timestamp(Clock clock) {
      return timestamp;
    }
  }

  /** The first record that is not older (KIP-1106), counted from when it is asked for. */
  record NotOlder(Duration age) implements Reset {
    @Override
    public long timestamp(Clock clock) {
      return clock.instant().minus(age).toEpochMilli();
    }
  }

  /**
   * Reads a value of {@code auto.offset.reset} that {@code ConsumerConfig} has let pass; {@code
   * none} is empty.
   */
  static Optional<Reset> of(String value) {
    return switch (value) {
      case "earliest" -> Optional.of(End.EARLIEST);
      case "latest" -> Optional.of(End.LATEST);
      case "none" -> Optional.empty();
      default ->
          Optional.of(new NotOlder(Duration.parse(value.substring("by_duration:".length()))));
    };
  }
}
