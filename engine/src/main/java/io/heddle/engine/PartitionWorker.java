package io.heddle.engine;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ownership of one partition: what was polled, what is under way, and up to where it is done.
 *
 * <p>All work happens on the strand, and so needs no lock. Other threads post messages, move the
 * phase forward and read what was published. A partition that is revoked and comes back gets a new
 * worker: what still runs for the old one knows only the old one, which ignores it.
 */
final class PartitionWorker implements Strand.Work {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWorker.class);
  private static final AtomicReferenceFieldUpdater<PartitionWorker, WorkerPhase> PHASE =
      AtomicReferenceFieldUpdater.newUpdater(PartitionWorker.class, WorkerPhase.class, "phase");

  private final TopicPartition partition;
  private final Engine engine;
  private final Strand strand;
  private final IntakeGate gate;
  private final Recovery recovery;
  private final Schedules schedules;
  private final CommitState commits;
  private volatile WorkerPhase phase = WorkerPhase.ACTIVE;
  private volatile boolean drained;
  // Of the strand.
  private final OffsetTracker<Event> tracker = new OffsetTracker<>(Event[]::new);
  private final Backlog backlog = new Backlog();
  private @Nullable Event handled;
  private int live;
  private int finishedInTurn;

  PartitionWorker(TopicPartition partition, Engine engine, Floor floor) {
    this.partition = partition;
    this.engine = engine;
    this.strand = new Strand(engine.runtime().strands(), this, floor, engine.runtime().nanoTime());
    this.gate = new IntakeGate(engine.config().maxInFlightPerPartition(), engine.waker());
    this.commits = new CommitState(engine.config().commitMetadataBytes());
    this.recovery = new Recovery(this);
    this.schedules = new Schedules(this);
  }

  TopicPartition partition() {
    return partition;
  }

  Engine engine() {
    return engine;
  }

  Strand strand() {
    return strand;
  }

  IntakeGate gate() {
    return gate;
  }

  Recovery recovery() {
    return recovery;
  }

  boolean isActive() {
    return phase == WorkerPhase.ACTIVE;
  }

  boolean isDropped() {
    return phase == WorkerPhase.DROPPED;
  }

  /** Whether all that the phase asks for is finished. */
  boolean isDrained() {
    return drained || isDropped();
  }

  CommitState commits() {
    return commits;
  }

  void post(Message message) {
    strand.post(message);
  }

  /** Takes what was polled. Poll thread only. */
  void take(RecordBatch batch) {
    gate.taken(batch.records().size());
    strand.post(batch);
  }

  /** Starts to finish, as far as {@code target} says. Does nothing if it is that far already. */
  void windDown(WorkerPhase target) {
    if (advanceTo(target)) {
      strand.post(PartitionWorker::applyPhase);
    }
  }

  /** What blocks the commit, as of the last turn. Any thread. */
  Optional<CommitBlocker> blocker(long nowNanos) {
    return isDropped() ? Optional.empty() : commits.blocker(partition, nowNanos);
  }

  /** Whether the calling thread runs this event's handler or finalizer right now. */
  boolean isHandling(Event event) {
    return strand.isCurrent() && handled == event;
  }

  // From here on: the strand.

  void start() {
    schedules.start();
  }

  void accept(RecordBatch batch) {
    if (phase.handlesRecords()) {
      backlog.add(batch);
    }
  }

  void accept(Interjection interjection) {
    if (isActive()) {
      backlog.add(interjection);
    } else {
      interjection.drop(this);
    }
  }

  boolean handlesRecords() {
    return phase.handlesRecords();
  }

  /** Whether the application is still called for this event. */
  boolean runsCallbacksOf(Event event) {
    WorkerPhase reached = phase;
    return reached.runsCallbacks()
        && (reached != WorkerPhase.STOPPED || event.place() < recovery.stoppedAt());
  }

  /** Runs a finalizer, unless this partition calls none any more. */
  void finish(Event event, Callback finalizer) {
    if (!runsCallbacksOf(event)) {
      settle(event);
      return;
    }
    if (recovery.queueBehind(event, finalizer)) {
      return;
    }
    if (!event.move(EventPhase.POSTED, EventPhase.HANDLING)) {
      LOG.warn("Discarded a completion of {}, which is {} already", event, event.phase());
      return;
    }
    event.markStarted();
    boolean unused = call(event, finalizer, FailureStage.FINALIZER);
  }

  /** All outputs of the event so far are acknowledged. */
  void acknowledged(Event event) {
    if (event.phase() == EventPhase.DONE && !event.awaitsAcknowledgements()) {
      complete(event);
    }
  }

  /** The event's job died and took its thread with it: it will never complete. */
  void abandon(Event event) {
    settle(event);
  }

  @Override
  public void deliver(Message message) {
    message.deliver(this);
  }

  @Override
  public boolean advance() {
    if (!hasMore()) {
      return false;
    }
    Intake current = backlog.current();
    if (current instanceof RecordBatch batch) {
      ConsumerRecord<byte[], byte[]> record = backlog.nextRecord(batch);
      if (record != null) {
        handle(record, batch.polledNanos());
      }
      if (backlog.isExhausted(batch)) {
        backlog.dropCurrent();
        skipTo(batch.position());
      }
    } else if (current instanceof Interjection interjection) {
      backlog.dropCurrent();
      handle(interjection);
    }
    return true;
  }

  @Override
  public boolean hasMore() {
    return phase.handlesRecords() && !recovery.blocksHandlers() && !backlog.isEmpty();
  }

  @Override
  public void endTurn() {
    if (commits.publish(tracker, !isActive())) {
      engine.waker().wake();
    }
    if (finishedInTurn > 0) {
      int finished = finishedInTurn;
      finishedInTurn = 0;
      gate.finished(finished);
    }
    if (!drained && !isActive() && live == 0 && backlog.isEmpty() && strand.isMailboxEmpty()) {
      drained = true;
      engine.monitor().signal();
      engine.waker().wake();
    }
  }

  @Override
  public void died(Throwable cause) {
    boolean wasDropped = isDropped();
    // Nobody can wait for this strand any more.
    advanceTo(WorkerPhase.DROPPED);
    if (wasDropped && cause instanceof RejectedExecutionException) {
      // Its pool closed with the source, and there was nothing left to do but to let go.
      return;
    }
    engine.lifecycle().fail(cause);
    engine.monitor().signal();
  }

  private void handle(ConsumerRecord<byte[], byte[]> record, long polledNanos) {
    Event event = new Event(this, record, polledNanos);
    int epoch = record.leaderEpoch().orElse(OffsetTracker.NO_EPOCH);
    event.setPlace(tracker.append(record.offset(), epoch, event));
    if (commits.restored().covers(record)) {
      tracker.complete(event.place());
      finishedInTurn++;
      return;
    }
    live++;
    boolean unused = call(event, () -> engine.handlers().dispatch(event), FailureStage.HANDLER);
  }

  private void handle(Interjection interjection) {
    Event event = new Event(this, interjection, engine.nanoTime());
    event.setPlace(tracker.append(event));
    live++;
    boolean unused =
        call(
            event,
            () -> interjection.interjector().interject(event, engine.runtime().clock().instant()),
            FailureStage.HANDLER);
  }

  /** Calls the application. Returns false if it failed, which is taken care of then. */
  boolean call(Event event, Callback callback, FailureStage stage) {
    ExecutionState result;
    handled = event;
    try {
      result = callback.run();
      if (result == null) {
        throw new NullPointerException("the callback returned null");
      }
    } catch (DecodeException e) {
      event.discardOutputs();
      recovery.callbackFailed(event, callback, FailureStage.DECODE, e.failure());
      return false;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      event.discardOutputs();
      recovery.callbackFailed(event, callback, stage, e);
      return false;
    } finally {
      handled = null;
    }
    event.sendOutputs(engine.outputs());
    event.forgetAttempts();
    returned(event, result, stage);
    return true;
  }

  private void returned(Event event, ExecutionState result, FailureStage stage) {
    switch (result) {
      case COMPLETE -> {
        if (event.move(EventPhase.HANDLING, EventPhase.DONE)
            || event.move(EventPhase.POSTED, EventPhase.DONE)) {
          acknowledged(event);
        } else {
          stopSource(
              event,
              stage,
              new IllegalStateException("it returned COMPLETE for an event that it has scheduled"));
        }
      }
      case INCOMPLETE -> {
        // Otherwise the event is with a scheduler, or its completion has overtaken this return.
        boolean unused = event.move(EventPhase.HANDLING, EventPhase.AWAITED);
      }
    }
  }

  private void complete(Event event) {
    if (end(event) && !isDropped()) {
      tracker.complete(event.place());
      finishedInTurn += event.isInterjection() ? 0 : 1;
      event.endInterjection(null);
    }
  }

  /** Ends the strand's interest in an event that is not complete. */
  void settle(Event event) {
    if (end(event)) {
      event.dropInterjection();
    }
  }

  private boolean end(Event event) {
    if (event.isSettled()) {
      return false;
    }
    event.markSettled();
    live--;
    return true;
  }

  void stopSource(Event event, FailureStage stage, Exception failure) {
    advanceTo(WorkerPhase.HALTED);
    stop(event);
    engine.lifecycle().fail(new EventFailedException(stage, event, failure));
  }

  /** Finishes what lies before the event, and nothing else. */
  void stopAt(Event event) {
    advanceTo(WorkerPhase.STOPPED);
    stop(event);
    engine.waker().wake();
  }

  private void stop(Event event) {
    applyPhase();
    // It stays in the tracker for ever, so that nothing at or past it is committed. If its job
    // runs, or has posted its end, that is still waited for.
    boolean jobFailed = event.stage() == FailureStage.PROCESSOR;
    if (jobFailed
        || (event.phase() != EventPhase.PROCESSING && event.phase() != EventPhase.POSTED)) {
      settle(event);
    }
  }

  private void applyPhase() {
    WorkerPhase reached = phase;
    if (reached != WorkerPhase.ACTIVE) {
      schedules.cancel();
    }
    if (reached == WorkerPhase.DROPPED) {
      // What runs may never end, or not soon; who waits for an interjection hears of it now.
      tracker.forEachPending(Event::dropInterjection);
    }
    if (!reached.handlesRecords()) {
      backlog.clear(interjection -> interjection.drop(this));
      tracker.forEachPending(event -> dropQueued(event, reached));
    }
    recovery.applyPhase();
  }

  private void dropQueued(Event event, WorkerPhase reached) {
    // An event between two schedulers has started: it is finished if finalizers still run.
    // What lies before the failure that stopped the partition is finished whether started or not.
    boolean keep = runsCallbacksOf(event) && (event.hasStarted() || reached == WorkerPhase.STOPPED);
    if (!keep && event.move(EventPhase.QUEUED, EventPhase.DROPPED)) {
      settle(event);
    }
  }

  private void skipTo(@Nullable OffsetAndMetadata position) {
    if (position != null) {
      int epoch = position.leaderEpoch().orElse(OffsetTracker.NO_EPOCH);
      tracker.skipTo(position.offset(), epoch);
    }
  }

  private boolean advanceTo(WorkerPhase target) {
    WorkerPhase current = phase;
    while (current.canBecome(target)) {
      if (PHASE.compareAndSet(this, current, target)) {
        return true;
      }
      current = phase;
    }
    return false;
  }
}
