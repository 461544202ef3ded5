package io.heddle.campaign.group;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** Kafka's clock, set by whoever runs both sides. */
final class VirtualTime implements Time {
  private long nowMs;

  void set(long ms) {
    nowMs = ms;
  }

  @Override
  public long milliseconds() {
    return nowMs;
  }

  @Override
  public long nanoseconds() {
    return nowMs * 1_000_000;
  }

  @Override
  public void sleep(long ms) {
    throw new IllegalStateException("a coordinator does not sleep");
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) {
    throw new IllegalStateException("a coordinator does not wait");
  }
}
