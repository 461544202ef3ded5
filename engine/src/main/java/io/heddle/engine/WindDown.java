package io.heddle.engine;

/** What the end of an ownership does to its events, early or late. Of the strand. */
final class WindDown {
  private final PartitionWorker worker;
  private final PhaseRef phase;
  private final Schedules schedules;
  private final OffsetTracker<Event> tracker;
  private final Backlog backlog;

  WindDown(
      PartitionWorker worker,
      PhaseRef phase,
      Schedules schedules,
      OffsetTracker<Event> tracker,
      Backlog backlog) {
    this.worker = worker;
    this.phase = phase;
    this.schedules = schedules;
    this.tracker = tracker;
    this.backlog = backlog;
  }

  /** Fails the source, and calls no application code on this strand any more. */
  void stopSource(Event event, FailureStage stage, Exception failure) {
    phase.advanceTo(WorkerPhase.HALTED);
    stop(event);
    worker.engine().lifecycle().fail(new EventFailedException(stage, event, failure));
  }

  /** Finishes what lies before the event, and nothing else. */
  void stopAt(Event event) {
    phase.advanceTo(WorkerPhase.STOPPED);
    stop(event);
    worker.engine().waker().wake();
  }

  private void stop(Event event) {
    apply();
    // It stays in the tracker for ever, so that nothing at or past it is committed. If its job
    // runs, or has posted its end, that is still waited for.
    if (event.stage().takesEvents()
        || (event.phase() != EventPhase.PROCESSING && event.phase() != EventPhase.POSTED)) {
      worker.settle(event);
    }
  }

  /** Drops what the phase asks for no more. */
  void apply() {
    WorkerPhase reached = phase.get();
    if (reached != WorkerPhase.ACTIVE) {
      schedules.cancel();
    }
    if (reached == WorkerPhase.DROPPED) {
      // What runs may never end, or not soon; who waits for an interjection hears of it now.
      tracker.forEachPending(Event::dropInterjection);
    }
    if (!reached.handlesRecords() || !worker.isRestored()) {
      // What waits for stores has not been accepted yet.
      backlog.clear(interjection -> interjection.drop(worker));
      tracker.forEachPending(event -> dropQueued(event, reached));
    }
    worker.recovery().applyPhase();
    if (reached == WorkerPhase.DROPPED) {
      // What is left are jobs that run; nothing else of this ownership will be heard of.
      tracker.forEachPending(this::settleUnlessItRuns);
    }
  }

  private void dropQueued(Event event, WorkerPhase reached) {
    // An event between two schedulers has started: it is finished if finalizers still run.
    // What lies before the failure that stopped the partition is finished whether started or not.
    boolean keep =
        worker.runsCallbacksOf(event) && (event.hasStarted() || reached == WorkerPhase.STOPPED);
    if (!keep && event.move(EventPhase.QUEUED, EventPhase.DROPPED)) {
      worker.settle(event);
    }
  }

  private void settleUnlessItRuns(Event event) {
    EventPhase at = event.phase();
    if (at != EventPhase.PROCESSING && at != EventPhase.POSTED && at != EventPhase.HANDLING) {
      worker.settle(event);
    }
  }
}
