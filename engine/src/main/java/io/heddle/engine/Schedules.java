package io.heddle.engine;

import org.jspecify.annotations.Nullable;

/**
 * The scheduled interjections of one ownership of a partition. Of the strand.
 *
 * <p>Each has a timer or is on its way, never both: the next one is due its time after the last one
 * has ended, however that was, so that it cannot overtake itself and cannot be forgotten either.
 */
final class Schedules {
  private final PartitionWorker worker;
  private final Timers.@Nullable Alarm[] timers;

  Schedules(PartitionWorker worker) {
    this.worker = worker;
    this.timers = new Timers.Alarm[worker.engine().interjections().schedules().size()];
  }

  void start() {
    for (int i = 0; i < timers.length; i++) {
      arm(i);
    }
  }

  void cancel() {
    for (Timers.Alarm timer : timers) {
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  private void arm(int index) {
    if (!worker.isActive()) {
      return;
    }
    Engine engine = worker.engine();
    Interjections.Schedule schedule = engine.interjections().schedules().get(index);
    long delay = schedule.delayNanos(engine.runtime().chance().getAsDouble());
    timers[index] =
        engine
            .timers()
            .at(engine.nanoTime() + delay, () -> worker.post(strand -> due(index, schedule)));
  }

  private void due(int index, Interjections.Schedule schedule) {
    if (worker.gate().isHeld(PauseReason.TRANSACTION)) {
      // Intake waits for what is to be committed. What is not taken in must not go on adding to
      // that.
      arm(index);
    } else {
      worker.accept(new Interjection(schedule.interjector(), failure -> arm(index)));
    }
  }
}
