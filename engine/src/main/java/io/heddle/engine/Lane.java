package io.heddle.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one key, the first of which is running or about to. It exists as long as there is
 * one. {@link KeyLanes} calls everything here under the key's mutex, save for {@link #current},
 * which is for whoever has claimed the key.
 */
final class Lane<K, V> {
  private Job<K, V> current;
  // Most keys have one job at a time and never need these.
  private @Nullable Deque<Job<K, V>> waiting;
  private @Nullable List<PartitionWorker> held;

  Lane(Job<K, V> first) {
    this.current = first;
  }

  Job<K, V> current() {
    return current;
  }

  /** Queues a job, and holds its partition back if that makes the queue longer than the limit. */
  void add(Job<K, V> job, int limit) {
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.add(job);
    if (waiting.size() > limit) {
      hold(job.event().worker());
    }
  }

  /** How many there are, the current one included. */
  int jobs() {
    return waiting == null ? 1 : 1 + waiting.size();
  }

  /** Lets the current job go; returns false if there is no other. */
  boolean advance() {
    Job<K, V> next = waiting == null ? null : waiting.poll();
    if (next == null) {
      return false;
    }
    current = next;
    return true;
  }

  /** Those who were held back and need not be any more, now that so few jobs wait. */
  List<PartitionWorker> takeHeld(int lowWater) {
    List<PartitionWorker> taken = held;
    if (taken == null || (waiting != null && waiting.size() > lowWater)) {
      return List.of();
    }
    held = null;
    return taken;
  }

  private void hold(PartitionWorker worker) {
    if (held == null) {
      held = new ArrayList<>(1);
    }
    if (!held.contains(worker)) {
      held.add(worker);
      worker.gate().hold(PauseReason.KEY_QUEUE);
    }
  }
}
