package io.heddle.campaign.group;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.CoordinatorTimer;

/** The timers of Kafka's coordinator: one for each key, due in virtual time. */
final class KafkaTimers implements CoordinatorTimer<CoordinatorRecord> {
  private final VirtualTime time;
  private final Deadlines deadlines;

  /** Runs what a timer is there for; false if it failed. */
  private final Function<TimeoutOperation<CoordinatorRecord>, Boolean> runner;

  private final Map<String, Deadlines.Deadline> running = new HashMap<>();

  KafkaTimers(
      VirtualTime time,
      Deadlines deadlines,
      Function<TimeoutOperation<CoordinatorRecord>, Boolean> runner) {
    this.time = time;
    this.deadlines = deadlines;
    this.runner = runner;
  }

  @Override
  public void schedule(
      String key,
      long delay,
      TimeUnit unit,
      boolean retry,
      TimeoutOperation<CoordinatorRecord> operation) {
    schedule(key, delay, unit, retry, 500, operation);
  }

  @Override
  public void schedule(
      String key,
      long delay,
      TimeUnit unit,
      boolean retry,
      long retryBackoff,
      TimeoutOperation<CoordinatorRecord> operation) {
    cancel(key);
    running.put(
        key,
        deadlines.at(
            time.milliseconds() + unit.toMillis(delay),
            () -> {
              running.remove(key);
              if (!runner.apply(operation) && retry) {
                schedule(key, retryBackoff, TimeUnit.MILLISECONDS, true, retryBackoff, operation);
              }
            }));
  }

  @Override
  public void scheduleIfAbsent(
      String key,
      long delay,
      TimeUnit unit,
      boolean retry,
      TimeoutOperation<CoordinatorRecord> operation) {
    if (!isScheduled(key)) {
      schedule(key, delay, unit, retry, operation);
    }
  }

  @Override
  public void cancel(String key) {
    Deadlines.Deadline deadline = running.remove(key);
    if (deadline != null) {
      deadline.cancel();
    }
  }

  @Override
  public boolean isScheduled(String key) {
    return running.containsKey(key);
  }
}
