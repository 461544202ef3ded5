package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.FailureHandling;
import io.heddle.engine.FailureStage;
import io.heddle.engine.SchedulerConfig;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Handlers, processors and finalizers that fail, and are tried again. */
final class Failures implements Application {
  private static final int ATTEMPTS = 3;
  private static final long LONGEST_NANOS = 20_000_000;
  private static final Duration BACKOFF = Duration.ofMillis(50);

  /** One record on its way. */
  private static final class Item {
    private final ConsumerRecord<byte[], byte[]> record;
    private final Tenure tenure;
    private int processed;
    private int finished;
    private boolean processorFailed;

    Item(ConsumerRecord<byte[], byte[]> record, Tenure tenure) {
      this.record = record;
      this.tenure = tenure;
    }

    String key() {
      return new String(record.key(), UTF_8);
    }
  }

  private static final String POISON = "k4";

  private final boolean blocking;
  private final boolean wasPoisoned;
  private boolean poisoned;
  private final boolean synchronous;
  private final double handlers;
  private final double processors;
  private final double finalizers;

  Failures(DrillRun run) {
    Choices.Stream draw = run.draw();
    boolean none = run.isCalm();
    this.synchronous = draw.chance(0.3);
    this.blocking = draw.chance(0.5);
    this.wasPoisoned = !none && !synchronous && draw.chance(0.4);
    this.poisoned = wasPoisoned;
    this.handlers = none || wasPoisoned || draw.chance(0.5) ? 0 : 0.1;
    this.processors = none || draw.chance(0.2) ? 0 : 0.3;
    this.finalizers = none || wasPoisoned || draw.chance(0.4) ? 0 : 0.2;
  }

  @Override
  public Duration drainTimeout() {
    return Duration.ofMillis(60);
  }

  @Override
  public EventSourceConfig config(EventSourceConfig usual, Life life) {
    if (poisoned) {
      // What fails for ever is tried for ever, and all else must go on.
      return usual
          .withMaxInFlightPerPartition(20)
          .withOnFailure(
              FailureStage.PROCESSOR,
              FailureHandling.toFinalizer()
                  .withRetries(Integer.MAX_VALUE, BACKOFF)
                  .withMaxBackoff(BACKOFF));
    }
    return usual
        .withOnFailure(FailureStage.HANDLER, FailureHandling.stop().withRetries(5, BACKOFF))
        .withOnFailure(
            FailureStage.PROCESSOR, FailureHandling.toFinalizer().withRetries(ATTEMPTS, BACKOFF))
        .withOnFailure(FailureStage.FINALIZER, FailureHandling.stop().withRetries(5, BACKOFF));
  }

  @Override
  public void register(EventSource source, Life life) {
    SchedulerConfig config =
        wasPoisoned ? new SchedulerConfig(3, 1_000, 6) : new SchedulerConfig(3, 5, 6);
    AsyncJobScheduler<Key, Item> scheduler =
        blocking
            ? AsyncJobScheduler.blocking(
                source,
                (key, item) -> process(life, item),
                (context, key, item, failure) -> finish(life, item, failure),
                config)
            : AsyncJobScheduler.asynchronous(
                source,
                (key, item) -> processLater(life, item),
                (context, key, item, failure) -> finish(life, item, failure),
                config);
    var unused =
        source.registerDefault(
            record -> new Item(record, life.tenure(record)),
            (context, item) ->
                synchronous ? handleAtOnce(life, item) : handle(context, life, item, scheduler));
  }

  private ExecutionState handleAtOnce(Life life, Item item) {
    item.tenure.called("the handler");
    // Each attempt decodes anew; until one succeeds nothing behind it may start.
    item.tenure.attempt(item.record.offset(), life.rules());
    if (life.work().chance(handlers) && item.tenure.attempts(item.record.offset()) < 4) {
      throw new IllegalStateException("the handler failed");
    }
    life.observer().started(item.record, item.key());
    life.work(LONGEST_NANOS);
    life.observer().ended(item.record, item.key());
    return ExecutionState.COMPLETE;
  }

  private ExecutionState handle(
      EventContext context, Life life, Item item, AsyncJobScheduler<Key, Item> scheduler) {
    item.tenure.called("the handler");
    item.tenure.attempt(item.record.offset(), life.rules());
    if (life.work().chance(handlers) && item.tenure.attempts(item.record.offset()) < 4) {
      throw new IllegalStateException("the handler failed");
    }
    return scheduler.schedule(context, life.key(item.key()), item);
  }

  private void begin(Life life, Item item) {
    item.tenure.called("a processor");
    item.processed++;
    life.rules()
        .check(
            item.processed <= ATTEMPTS || wasPoisoned,
            "attempts",
            "attempt " + item.processed + " at a processor");
    life.rules()
        .check(
            item.processed == 1 || item.processorFailed,
            "attempts",
            "a processor was tried again that had succeeded");
    life.begins(item.key());
    item.tenure.again("attempt", item.key(), item.record.offset());
  }

  private boolean fails(Life life, Item item) {
    item.processorFailed =
        wasPoisoned ? poisoned && item.key().equals(POISON) : life.work().chance(processors);
    life.ends(item.key());
    return item.processorFailed;
  }

  private void process(Life life, Item item) {
    begin(life, item);
    life.work(LONGEST_NANOS);
    if (fails(life, item)) {
      throw new IllegalStateException("the processor failed");
    }
  }

  private CompletionStage<?> processLater(Life life, Item item) {
    begin(life, item);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    life.later(
        LONGEST_NANOS,
        () -> {
          boolean unused =
              fails(life, item)
                  ? done.completeExceptionally(new IllegalStateException("the processor failed"))
                  : done.complete(true);
        });
    return done;
  }

  private ExecutionState finish(Life life, Item item, Exception failure) {
    item.tenure.finishes("a finalizer", life.now());
    if (item.finished == 0) {
      item.tenure.inOrder("finalizer", item.key(), item.record.offset());
    }
    life.rules()
        .check(
            (failure != null) == item.processorFailed,
            "attempts",
            "a finalizer was told " + failure + " of its processor");
    item.finished++;
    if (life.work().chance(finalizers) && item.finished < 4) {
      throw new IllegalStateException("the finalizer failed");
    }
    item.tenure.inOrder("completion", item.key(), item.record.offset());
    life.observer().completed(item.record, item.key());
    return ExecutionState.COMPLETE;
  }

  @Override
  public void trouble(DrillRun run) {
    // A partition without an owner would wait for another reason.
    if (!poisoned) {
      run.usualTrouble();
    }
  }

  @Override
  public void healed(DrillRun run) {
    if (poisoned) {
      long others = run.waitingOf(POISON, 1_500);
      run.rules()
          .check(
              others == 0,
              "others-go-on",
              others + " records of other keys have waited behind one that always fails");
      poisoned = false;
    }
  }
}
