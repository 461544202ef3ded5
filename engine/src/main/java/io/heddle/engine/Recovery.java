package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a partition does about failures: it tries again later, keeping the order meanwhile, and in
 * the end does what the policy says. Of the strand, save for {@link #stopCause}.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final PartitionWorker worker;
  private final Set<Backoff> backoffs = new LinkedHashSet<>();

  /** The orders in which something waits for another attempt, and what has to wait behind it. */
  private final Map<Object, Deque<Held>> held = new LinkedHashMap<>();

  private @Nullable Event blocking;
  private long stoppedAt = Long.MAX_VALUE;
  private volatile @Nullable EventFailedException stopCause;

  Recovery(PartitionWorker worker) {
    this.worker = worker;
  }

  /** Why the partition was stopped, if it was. Any thread. */
  @Nullable EventFailedException stopCause() {
    return stopCause;
  }

  /** The place in the tracker from which on a stopped partition finishes nothing. */
  long stoppedAt() {
    return stoppedAt;
  }

  /** Whether later records have to wait for a handler's next attempt. */
  boolean blocksHandlers() {
    return blocking != null;
  }

  /** Keeps a finalizer that came while an earlier one of its order waits; false if none does. */
  boolean queueBehind(Event event, Callback finalizer) {
    Object order = finalizer.order();
    Deque<Held> queue = order == null ? null : held.get(order);
    if (queue == null) {
      return false;
    }
    queue.add(new Held(event, finalizer));
    return true;
  }

  /** A decoder, handler or finalizer threw. */
  void callbackFailed(Event event, Callback callback, FailureStage stage, Exception failure) {
    if (worker.isDropped()) {
      worker.settle(event);
      return;
    }
    if (event.phase() != EventPhase.HANDLING) {
      worker
          .windDown()
          .stopSource(
              event,
              stage,
              new IllegalStateException("it threw after it had handed the event on", failure));
      return;
    }
    if (failure instanceof StoreAccessException) {
      // It would fail again, and to go on without it would be just as wrong.
      worker.windDown().stopSource(event, stage, failure);
      return;
    }
    boolean ofHandler = stage == FailureStage.DECODE || stage == FailureStage.HANDLER;
    Object order = callback.order();
    if (!callback.declines(failure) && mayRetry(event, stage)) {
      if (ofHandler) {
        blocking = event;
      } else if (order != null) {
        held.putIfAbsent(order, new ArrayDeque<>());
      }
      backOff(
          new Backoff(
              event,
              ofHandler,
              () -> retry(event, callback, ofHandler ? FailureStage.HANDLER : stage),
              () -> unblock(event, order)),
          stage,
          failure);
      return;
    }
    answer(event, stage, failure);
    unblock(event, order);
  }

  /** A job failed; its key is claimed until {@code release} is run, or {@code again} runs it. */
  void jobFailed(Job<?, ?> job, Exception failure, Runnable again, Runnable release) {
    Event event = job.event();
    if (!worker.runsCallbacksOf(event)) {
      worker.settle(event);
      release.run();
      return;
    }
    event.markStarted();
    if (mayRetry(event, FailureStage.PROCESSOR)) {
      backOff(
          new Backoff(
              event,
              false,
              () -> {
                if (event.move(EventPhase.POSTED, EventPhase.QUEUED)) {
                  again.run();
                }
              },
              release),
          FailureStage.PROCESSOR,
          failure);
      return;
    }
    if (handling(FailureStage.PROCESSOR).then() == FailurePolicy.TO_FINALIZER) {
      worker.finish(event, job);
    } else {
      answer(event, FailureStage.PROCESSOR, failure);
    }
    release.run();
  }

  /** A job or the application has had the event for longer than it may. */
  void deadlinePassed(Event event) {
    if (!event.takeBack()) {
      return;
    }
    if (!worker.runsCallbacksOf(event)) {
      worker.settle(event);
      return;
    }
    event.noteAttempts(FailureStage.DEADLINE, 1);
    answer(
        event,
        FailureStage.DEADLINE,
        new DeadlineExceededException(
            "it was not completed within jobDeadline (%s)"
                .formatted(worker.engine().config().patience().jobDeadline())));
  }

  /** The event has held back the commit for longer than it may. */
  void giveUp(Event event) {
    if (!worker.runsCallbacksOf(event)) {
      return;
    }
    Backoff waiting = null;
    for (Backoff backoff : backoffs) {
      if (backoff.event == event && event.stage() != FailureStage.PRODUCE) {
        waiting = backoff;
      }
    }
    if (waiting != null) {
      backoffs.remove(waiting);
      waiting.cancel();
    } else if (!event.takeBack()) {
      // Its completion is on its way, or its outputs, which the producer gives up itself.
      return;
    }
    event.noteAttempts(FailureStage.STUCK, Math.max(1, event.attempts()));
    answer(
        event,
        FailureStage.STUCK,
        new DeadlineExceededException(
            "it was not complete within giveUpAfter (%s)"
                .formatted(worker.engine().config().patience().giveUpAfter())));
    if (waiting != null) {
      waiting.letGo.run();
    }
  }

  /** The producer gave up an output. */
  void outputFailed(Outputs.Output output, Exception failure) {
    Event event = output.event();
    if (worker.isDropped() || event.isSettled()) {
      return;
    }
    FailureHandling handling = handling(FailureStage.PRODUCE);
    PartitionStores stores = worker.stores();
    if (stores != null && stores.isChangeLog(output.topic())) {
      // Sent again it could overtake a later change of its entry.
      worker.windDown().stopSource(event, FailureStage.PRODUCE, failure);
      return;
    }
    if (output.countAttempt() < handling.maxAttempts() && worker.runsCallbacksOf(event)) {
      Runnable again = () -> worker.engine().outputs().send(output);
      backOff(
          new Backoff(event, false, again, () -> {}),
          FailureStage.PRODUCE,
          failure,
          output.attempts());
      return;
    }
    event.noteAttempts(FailureStage.PRODUCE, output.attempts());
    if (output.isDeadLetter() && handling.then() != FailurePolicy.STOP_PARTITION) {
      // Neither skipped nor sent to where it cannot be sent: that would lose it.
      worker.windDown().stopSource(event, FailureStage.PRODUCE, failure);
      return;
    }
    answer(event, FailureStage.PRODUCE, failure);
    if (event.acknowledged()) {
      worker.acknowledged(event);
    }
  }

  /** Drops what the phase of the partition does not wait for any more. */
  void applyPhase() {
    for (Backoff backoff : List.copyOf(backoffs)) {
      if (!goesOn(backoff) && backoffs.remove(backoff)) {
        backoff.cancel();
        giveUp(backoff);
      }
    }
  }

  private void retry(Event event, Callback callback, FailureStage stage) {
    // Until it is known how it went, nothing may overtake it: it lets go only when it is over.
    if (event.phase() == EventPhase.HANDLING) {
      if (worker.call(event, callback, stage)) {
        unblock(event, callback.order());
      }
    } else {
      // It completed by itself, whatever its handler threw.
      unblock(event, callback.order());
    }
  }

  private void unblock(Event event, @Nullable Object order) {
    if (blocking == event) {
      blocking = null;
    }
    Deque<Held> queue = order == null ? null : held.remove(order);
    while (queue != null && !queue.isEmpty()) {
      Held next = queue.remove();
      worker.finish(next.event, next.finalizer);
      Deque<Held> again = order == null ? null : held.get(order);
      if (again != null) {
        // The next one has to be retried too, and the rest stays behind it.
        again.addAll(queue);
        return;
      }
    }
  }

  private boolean mayRetry(Event event, FailureStage stage) {
    return event.countAttempt(stage) < handling(stage).maxAttempts();
  }

  private void backOff(Backoff backoff, FailureStage stage, Exception failure) {
    backOff(backoff, stage, failure, backoff.event.attempts());
  }

  private void backOff(Backoff backoff, FailureStage stage, Exception failure, int attempts) {
    Engine engine = worker.engine();
    long nanos = handling(stage).backoffNanos(attempts, engine.runtime().chance().getAsDouble());
    engine
        .listener()
        .retrying(
            worker.partition(),
            backoff.event.offset(),
            stage,
            attempts,
            Duration.ofNanos(nanos),
            failure);
    backoffs.add(backoff);
    backoff.timer =
        engine.timers().at(engine.nanoTime() + nanos, () -> worker.post(strand -> due(backoff)));
  }

  private void due(Backoff backoff) {
    if (backoffs.remove(backoff)) {
      // The phase is ahead of the message that will have it applied.
      if (goesOn(backoff)) {
        backoff.again.run();
      } else {
        giveUp(backoff);
      }
    }
  }

  private void giveUp(Backoff backoff) {
    worker.settle(backoff.event);
    backoff.letGo.run();
  }

  private boolean goesOn(Backoff backoff) {
    return worker.runsCallbacksOf(backoff.event) && (!backoff.ofHandler || worker.handlesRecords());
  }

  private void answer(Event event, FailureStage stage, Exception failure) {
    FailureHandling handling = handling(stage);
    event.endInterjection(failure);
    switch (handling.then()) {
      case STOP -> worker.windDown().stopSource(event, stage, failure);
      case STOP_PARTITION -> stopPartition(event, stage, failure);
      case SKIP -> skip(event, stage, failure);
      case DEAD_LETTER ->
          handling
              .deadLetterTopic()
              .filter(topic -> !event.isInterjection())
              .ifPresentOrElse(
                  topic -> deadLetter(event, stage, topic, failure),
                  () -> skip(event, stage, failure));
      case TO_FINALIZER -> throw new AssertionError("only for processors, not for " + stage);
    }
  }

  private void stopPartition(Event event, FailureStage stage, Exception failure) {
    EventFailedException cause = new EventFailedException(stage, event, failure);
    LOG.error("Stopped {}", worker.partition(), cause);
    if (stopCause == null) {
      stopCause = cause;
    }
    stoppedAt = Math.min(stoppedAt, event.place());
    // It stays in the tracker for ever, so that nothing at or past it is committed.
    worker.windDown().stopAt(event);
    worker.engine().listener().partitionStopped(worker.partition(), event.offset(), failure);
  }

  private void skip(Event event, FailureStage stage, Exception failure) {
    LOG.warn("Skipping {}: its {} failed", event, stage.description(), failure);
    worker.engine().listener().skipped(worker.partition(), event.offset(), failure);
    endEarly(event);
  }

  private void deadLetter(Event event, FailureStage stage, String topic, Exception failure) {
    LOG.warn("Sending {} to {}: its {} failed", event, topic, stage.description(), failure);
    ProducerRecord<byte[], byte[]> letter = DeadLetters.of(event, topic, stage, failure);
    OutputLedger ledger = worker.ledger();
    if (ledger != null) {
      ledger.add(event, letter);
    } else {
      event.countOutput();
      worker.engine().outputs().send(Outputs.Output.deadLetter(event, letter));
    }
    worker.engine().listener().deadLettered(worker.partition(), event.offset(), topic, failure);
    endEarly(event);
  }

  /** Treats the event as complete, once its outputs are acknowledged. */
  private void endEarly(Event event) {
    // An event whose output failed may be on its way still, and ends like any other.
    if (event.move(EventPhase.HANDLING, EventPhase.DONE)
        || (event.stage().takesEvents() && event.move(EventPhase.POSTED, EventPhase.DONE))) {
      worker.acknowledged(event);
    }
  }

  private FailureHandling handling(FailureStage stage) {
    return worker.engine().config().onFailure(stage);
  }

  /** A finalizer that waits for an earlier one of its order. */
  private record Held(Event event, Callback finalizer) {}

  /** Something that waits for its next attempt. */
  private static final class Backoff {
    private final Event event;
    private final boolean ofHandler;
    private final Runnable again;
    // Lets go of what waits behind the event.
    private final Runnable letGo;
    private Timers.@Nullable Alarm timer;

    Backoff(Event event, boolean ofHandler, Runnable again, Runnable letGo) {
      this.event = event;
      this.ofHandler = ofHandler;
      this.again = again;
      this.letGo = letGo;
    }

    void cancel() {
      if (timer != null) {
        timer.cancel();
      }
    }
  }
}
