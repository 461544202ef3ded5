package io.heddle.campaign.group;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.coordinator.common.runtime.CoordinatorExecutor;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.CoordinatorResult;

/** What Kafka's coordinator leaves to other threads: done right after the request that asked. */
final class KafkaTasks implements CoordinatorExecutor<CoordinatorRecord> {
  /** A task's outcome, made into records. */
  interface Completion {
    CoordinatorResult<Void, CoordinatorRecord> records();
  }

  private final Map<String, Completion> scheduled = new LinkedHashMap<>();

  @Override
  public <R> boolean schedule(
      String key, TaskRunnable<R> task, TaskOperation<CoordinatorRecord, R> operation) {
    return scheduled.putIfAbsent(key, () -> complete(task, operation)) == null;
  }

  private static <R> CoordinatorResult<Void, CoordinatorRecord> complete(
      TaskRunnable<R> task, TaskOperation<CoordinatorRecord, R> operation) {
    R result;
    try {
      result = task.run();
    } catch (Throwable failure) {
      return operation.onComplete(null, failure);
    }
    return operation.onComplete(result, null);
  }

  @Override
  public boolean isScheduled(String key) {
    return scheduled.containsKey(key);
  }

  @Override
  public void cancel(String key) {
    scheduled.remove(key);
  }

  /** Takes the next one out; null if there is none. */
  Completion next() {
    if (scheduled.isEmpty()) {
      return null;
    }
    String key = scheduled.keySet().iterator().next();
    Completion completion = scheduled.get(key);
    // It is no longer scheduled when its outcome is written, in Kafka too.
    scheduled.remove(key);
    return completion;
  }
}
