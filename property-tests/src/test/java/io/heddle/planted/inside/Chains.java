package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.DrainPolicy;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.SchedulerConfig;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Two schedulers, one behind the other, whose limits are small and change while they work. */
final class Chains implements Application {
  private static final long LONGEST_NANOS = 40_000_000;

  /** One record on its way. */
  private record Item(ConsumerRecord<byte[], byte[]> record, Tenure tenure) {
    String key() {
      return new String(record.key(), UTF_8);
    }
  }

  private final boolean[] blocking;
  private final boolean changes;
  private final int depth;
  private final int keys;
  private final DrainPolicy policy;
  private final int inFlight;
  private final Duration drain;

  Chains(DrillRun run) {
    Choices.Stream draw = run.draw();
    this.blocking = new boolean[] {draw.chance(0.5), draw.chance(0.5)};
    this.changes = draw.chance(0.5);
    this.depth = 1 + (int) draw.below(5);
    this.keys = 2 + (int) draw.below(6);
    this.policy = draw.chance(0.5) ? DrainPolicy.ACCEPTED : DrainPolicy.STARTED;
    this.drain = Duration.ofMillis(draw.chance(0.5) ? 500 : 10);
    this.inFlight = 3 + (int) draw.below(60);
  }

  @Override
  public Duration drainTimeout() {
    return drain;
  }

  @Override
  public EventSourceConfig config(EventSourceConfig usual, Life life) {
    return usual.withDrainPolicy(policy).withMaxInFlightPerPartition(inFlight);
  }

  @Override
  public void register(EventSource source, Life life) {
    AsyncJobScheduler<Key, Item> second =
        scheduler(source, life, 1, true, (context, item) -> finish(life, item));
    AsyncJobScheduler<Key, Item> first =
        scheduler(
            source,
            life,
            0,
            false,
            (context, item) -> {
              item.tenure().inOrder("first", item.key(), item.record().offset());
              return second.schedule(context, life.key(item.key()), item);
            });
    var unused =
        source.registerDefault(
            record -> new Item(record, life.tenure(record)),
            (context, item) -> {
              item.tenure().called("the handler");
              return first.schedule(context, life.key(item.key()), item);
            });
    if (changes) {
      change(life, first, second);
    }
  }

  private void change(
      Life life, AsyncJobScheduler<Key, Item> first, AsyncJobScheduler<Key, Item> second) {
    life.later(
        400_000_000,
        () -> {
          AsyncJobScheduler<Key, Item> one = life.work().chance(0.5) ? first : second;
          one.setConcurrency(1 + (int) life.work().below(5));
          one.setWorkerQueueDepth(1 + (int) life.work().below(5));
          one.setMaxConcurrentKeys(2 + (int) life.work().below(6));
          if (life.now() < 6_000_000_000L) {
            change(life, first, second);
          }
        });
  }

  private interface Finisher {
    ExecutionState finish(EventContext context, Item item);
  }

  private AsyncJobScheduler<Key, Item> scheduler(
      EventSource source, Life life, int stage, boolean last, Finisher finisher) {
    SchedulerConfig config = new SchedulerConfig(3, depth, keys);
    return blocking[stage]
        ? AsyncJobScheduler.blocking(
            source,
            (key, item) -> {
              begin(life, item, last);
              life.work(LONGEST_NANOS);
              end(life, item, last);
            },
            (context, key, item, failure) -> finished(life, context, item, failure, finisher),
            config)
        : AsyncJobScheduler.asynchronous(
            source,
            (key, item) -> later(life, item, last),
            (context, key, item, failure) -> finished(life, context, item, failure, finisher),
            config);
  }

  private static CompletionStage<?> later(Life life, Item item, boolean last) {
    begin(life, item, last);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    life.later(
        LONGEST_NANOS,
        () -> {
          end(life, item, last);
          boolean unused = done.complete(true);
        });
    return done;
  }

  private static ExecutionState finished(
      Life life, EventContext context, Item item, Exception failure, Finisher finisher)
      throws Exception {
    item.tenure().finishes("a finalizer", life.now());
    if (failure != null) {
      throw failure;
    }
    return finisher.finish(context, item);
  }

  private static ExecutionState finish(Life life, Item item) {
    item.tenure().inOrder("second", item.key(), item.record().offset());
    life.observer().completed(item.record(), item.key());
    return ExecutionState.COMPLETE;
  }

  private static void begin(Life life, Item item, boolean last) {
    item.tenure().called("a processor");
    if (last) {
      life.observer().started(item.record(), item.key());
    }
  }

  private static void end(Life life, Item item, boolean last) {
    item.tenure().called("the end of a processor");
    if (last) {
      life.observer().workEnded(item.record(), item.key());
    }
  }
}
