package io.heddle.engine;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** Pauses and resumes partitions as their gates ask for. Of the poll thread. */
final class IntakeControl {
  private final Engine engine;
  private final Consumer<byte[], byte[]> consumer;

  IntakeControl(Engine engine, Consumer<byte[], byte[]> consumer) {
    this.engine = engine;
    this.consumer = consumer;
  }

  void apply(Collection<PartitionWorker> workers) {
    for (PartitionWorker worker : workers) {
      IntakeGate gate = worker.gate();
      if (gate.paused() == null) {
        pauseIfNeeded(worker, gate);
      } else if (gate.paused() != PauseReason.STOPPED && reasonFor(worker) == PauseReason.STOPPED) {
        // Whatever it was paused for before, this is for good.
        gate.markPaused(PauseReason.STOPPED);
        engine.listener().paused(worker.partition(), PauseReason.STOPPED);
      } else if (reasonFor(worker) == null) {
        gate.markPaused(null);
        consumer.resume(List.of(worker.partition()));
        engine.listener().resumed(worker.partition());
      }
    }
  }

  private void pauseIfNeeded(PartitionWorker worker, IntakeGate gate) {
    PauseReason reason = reasonFor(worker);
    if (reason == null) {
      return;
    }
    gate.markPaused(reason);
    // It may have opened before the mark; whoever did that has woken nobody.
    if (reasonFor(worker) == null) {
      gate.markPaused(null);
      return;
    }
    consumer.pause(List.of(worker.partition()));
    engine.listener().paused(worker.partition(), reason);
  }

  private static @Nullable PauseReason reasonFor(PartitionWorker worker) {
    if (worker.isActive()) {
      return worker.gate().pressure();
    }
    return worker.recovery().stopCause() == null ? PauseReason.DRAINING : PauseReason.STOPPED;
  }
}
