package io.heddle.engine;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of the consumer that a wake-up must not end: it was issued for a poll and left over, or by
 * somebody else who has the consumer, and of those there can be many. Of the poll thread.
 */
final class WokenCalls {
  private static final Logger LOG = LoggerFactory.getLogger(WokenCalls.class);
  private static final Duration LEAST = Duration.ofMillis(1);

  private final Engine engine;

  WokenCalls(Engine engine) {
    this.engine = engine;
  }

  /**
   * What a call that waits for at most the time it is given comes to.
   *
   * @param timeout for all attempts together
   * @throws TimeoutException if the time is up, and wake-ups have ended every attempt
   */
  <T> T within(Duration timeout, Function<Duration, T> call) {
    long deadlineNanos = engine.nanoTime() + timeout.toNanos();
    Duration left = timeout;
    while (true) {
      try {
        return call.apply(left);
      } catch (WakeupException e) {
        LOG.debug("A wake-up ended a call that is not a poll, which is repeated");
        left = Duration.ofNanos(deadlineNanos - engine.nanoTime());
        if (left.compareTo(LEAST) < 0) {
          throw new TimeoutException("wake-ups ended each attempt within " + timeout, e);
        }
      }
    }
  }
}
