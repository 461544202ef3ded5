package io.heddle.engine;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  private final TopicPartition partition;
  private final Engine engine;
  private final Strand strand;
  private final Recovery recovery;
  private final Schedules schedules;
  private final CommitState commits;
  private final @Nullable OutputLedger ledger;
  private final @Nullable PartitionStores stores;
  private final PhaseRef phase = new PhaseRef();
  private final Occupancy occupancy;
  // Of the strand.
  private final OffsetTracker<Event> tracker = new OffsetTracker<>(Event[]::new);
  private final Backlog backlog = new Backlog();
  private final WindDown windDown;
  private @Nullable Event handled;

  PartitionWorker(TopicPartition partition, Engine engine, Floor floor) {
    this.partition = partition;
    this.engine = engine;
    EngineRuntime runtime = engine.runtime();
    this.strand = new Strand(runtime.strands(), runtime.workers(), this, floor, runtime.nanoTime());
    IntakeGate gate = new IntakeGate(engine.config().flow(), engine.waker());
    this.occupancy = new Occupancy(engine, partition, gate);
    this.commits = new CommitState(engine.commitMetadataBytes());
    this.recovery = new Recovery(this);
    this.schedules = new Schedules(this);
    Transactions transactions = engine.transactions();
    this.ledger = transactions == null ? null : new OutputLedger(this, transactions);
    this.stores = engine.stores().of(this);
    this.windDown = new WindDown(this, phase, schedules, tracker, backlog);
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
    return occupancy.gate();
  }

  Recovery recovery() {
    return recovery;
  }

  /** How this ownership ends. Strand only. */
  WindDown windDown() {
    return windDown;
  }

  boolean isActive() {
    return phase.get() == WorkerPhase.ACTIVE;
  }

  boolean isDropped() {
    return phase.get() == WorkerPhase.DROPPED;
  }

  /** Whether all that the phase asks for is finished, and nothing runs any more. */
  boolean isDrained() {
    return occupancy.isDrained();
  }

  /** What is kept for a transaction, or null if outputs are sent at once. */
  @Nullable OutputLedger ledger() {
    return ledger;
  }

  /** The stores of this ownership, or null if the source has none. */
  @Nullable PartitionStores stores() {
    return stores;
  }

  /** Whether events can be handled: there are no stores, or they are there. Strand only. */
  boolean isRestored() {
    return stores == null || stores.areReady();
  }

  Occupancy occupancy() {
    return occupancy;
  }

  CommitState commits() {
    return commits;
  }

  void post(Message message) {
    strand.post(message);
  }

  /** Takes what was polled. Poll thread only. */
  void take(RecordBatch batch) {
    int records = batch.records().size();
    long bytes = batch.bytes();
    occupancy.gate().taken(records, bytes);
    engine.observatory().polled(records, bytes);
    if (ledger != null) {
      ledger.polled(batch);
    }
    batch.postTo(strand);
  }

  /** Starts to finish, as far as {@code target} says. Does nothing if it is that far already. */
  void windDown(WorkerPhase target) {
    if (phase.advanceTo(target)) {
      strand.post(worker -> worker.windDown.apply());
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
    if (handlesRecords()) {
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
    return phase.get().handlesRecords();
  }

  /** Whether the application is still called for this event. */
  boolean runsCallbacksOf(Event event) {
    WorkerPhase reached = phase.get();
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
    event.lap(engine.observatory().mailbox());
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
    boolean unused = event.endJob();
    settle(event);
  }

  /** An event is answered while its job goes on, which is waited for like any other. */
  void outlives() {
    occupancy.entered();
  }

  OffsetTracker<Event> tracker() {
    return tracker;
  }

  /** Gives up what holds the commit back, if that is still this event. */
  void giveUp(Event event) {
    if (tracker.oldest() == event) {
      recovery.giveUp(event);
    }
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
        handle(record, batch);
      }
      if (backlog.isExhausted(batch)) {
        backlog.dropCurrent();
        batch.skipRest(tracker);
      }
    } else if (current instanceof Interjection interjection) {
      backlog.dropCurrent();
      handle(interjection);
    }
    return true;
  }

  @Override
  public boolean hasMore() {
    return handlesRecords() && isRestored() && !recovery.blocksHandlers() && !backlog.isEmpty();
  }

  @Override
  public void endTurn() {
    if (commits.publish(tracker, !isActive())) {
      engine.waker().wake();
    }
    if (ledger != null && !isDropped()) {
      ledger.handOver(tracker);
    }
    if (stores != null) {
      stores.endTurn(tracker);
    }
    occupancy.publish(tracker.behindGap());
    if (!isActive() && backlog.isEmpty() && strand.isMailboxEmpty()) {
      occupancy.idle(isDropped());
    }
  }

  @Override
  public void died(Throwable cause) {
    boolean wasDropped = isDropped();
    // Nobody can wait for this strand any more.
    phase.advanceTo(WorkerPhase.DROPPED);
    occupancy.strandDied();
    if (wasDropped && cause instanceof RejectedExecutionException) {
      // Its pool closed with the source, and there was nothing left to do but to let go.
      return;
    }
    engine.lifecycle().fail(cause);
    engine.monitor().signal();
  }

  private void handle(ConsumerRecord<byte[], byte[]> record, RecordBatch batch) {
    Event event = new Event(this, record, batch.polledNanos());
    if (commits.setbacks().isGone(batch.setbacks(), record.offset())) {
      event.setPlace(tracker.append(event));
    } else {
      int epoch = record.leaderEpoch().orElse(OffsetTracker.NO_EPOCH);
      event.setPlace(tracker.append(record.offset(), epoch, event));
    }
    if (commits.restored().covers(record)) {
      tracker.complete(event.place());
      occupancy.finished(record);
      return;
    }
    occupancy.entered();
    event.lap(engine.observatory().strand());
    boolean unused = call(event, () -> engine.handlers().dispatch(event), FailureStage.HANDLER);
  }

  private void handle(Interjection interjection) {
    Event event = new Event(this, interjection, engine.nanoTime());
    event.setPlace(tracker.append(event));
    occupancy.entered();
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
    if (stores != null) {
      stores.enter(callback.stage());
    }
    try {
      result = callback.run();
      if (result == null) {
        throw new NullPointerException("the callback returned null");
      }
    } catch (DecodeException e) {
      event.discardOutputs(stores);
      recovery.callbackFailed(event, callback, FailureStage.DECODE, e.failure());
      return false;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      event.discardOutputs(stores);
      recovery.callbackFailed(event, callback, stage, e);
      return false;
    } finally {
      handled = null;
    }
    event.sendOutputs(engine.outputs(), ledger, stores);
    event.forgetAttempts();
    returned(event, result, stage);
    return true;
  }

  private void returned(Event event, ExecutionState result, FailureStage stage) {
    switch (result) {
      case COMPLETE -> {
        if (event.move(EventPhase.HANDLING, EventPhase.DONE)
            || event.move(EventPhase.POSTED, EventPhase.DONE)) {
          event.lap(engine.observatory().callback());
          acknowledged(event);
        } else {
          windDown.stopSource(
              event,
              stage,
              new IllegalStateException("it returned COMPLETE for an event that it has scheduled"));
        }
      }
      case INCOMPLETE -> event.await();
    }
  }

  private void complete(Event event) {
    if (end(event) && !isDropped()) {
      tracker.complete(event.place());
      if (!event.isInterjection()) {
        occupancy.finished(event.input());
        if (event.isTimed()) {
          event.lap(engine.observatory().output());
          commits.times().completed(event.offset(), engine.nanoTime());
        }
      }
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
    occupancy.left();
    return true;
  }
}
