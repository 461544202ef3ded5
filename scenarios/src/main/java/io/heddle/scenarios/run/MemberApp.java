package io.heddle.scenarios.run;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.DrainPolicy;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.SchedulerConfig;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The application under test: one member of the group, which works on each record for as long as
 * the scenario says, in the engine's mode that it says, and tells an observer about it.
 */
final class MemberApp {
  /** One record on its way. */
  private record Item(ConsumerRecord<byte[], byte[]> input, Payload payload) {
    static Item of(ConsumerRecord<byte[], byte[]> input) {
      return new Item(input, Payload.decode(input.value()));
    }

    String key() {
      return payload.key();
    }
  }

  private final MemberSurroundings world;
  private final EventSource source;

  private MemberApp(MemberSurroundings world, EventSource source) {
    this.world = world;
    this.source = source;
  }

  /** A member that has not been started. */
  static EventSource create(Scenario scenario, List<String> topics, MemberSurroundings world) {
    EventSource source =
        new EventSource(
            config(scenario, topics), world.clients(), world.runtime(), world.listener());
    MemberApp app = new MemberApp(world, source);
    Engine engine = scenario.engine();
    switch (engine.mode()) {
      case SCHEDULER -> app.blocking(schedulerConfig(engine));
      case SCHEDULER_ASYNC -> app.asynchronous(schedulerConfig(engine));
      case NAIVE -> source.registerDefault(Item::of, app::naive);
      case SYNC -> source.registerDefault(Item::of, app::synchronous);
    }
    return source;
  }

  private static SchedulerConfig schedulerConfig(Engine engine) {
    Engine.Scheduler scheduler = engine.scheduler();
    return new SchedulerConfig(
        scheduler.concurrency(), scheduler.queueDepth(), scheduler.maxKeys());
  }

  private static EventSourceConfig config(Scenario scenario, List<String> topics) {
    Engine engine = scenario.engine();
    Map<String, String> consumer = scenario.group().config();
    EventSourceConfig config =
        EventSourceConfig.of(topics.toArray(String[]::new))
            .withCommitInterval(engine.commitEvery())
            .withMaxInFlightPerPartition(engine.maxInFlight())
            .withDrainTimeout(engine.drain().timeout())
            .withDrainPolicy(
                switch (engine.drain().policy()) {
                  case STARTED -> DrainPolicy.STARTED;
                  case ACCEPTED -> DrainPolicy.ACCEPTED;
                });
    String maxPoll = consumer.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    if (maxPoll != null) {
      config = config.withMaxPollInterval(Duration.ofMillis(Long.parseLong(maxPoll)));
    }
    String api = consumer.get(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
    return api == null ? config : config.withCommitTimeout(Duration.ofMillis(Long.parseLong(api)));
  }

  private void blocking(SchedulerConfig config) {
    AsyncJobScheduler<String, Item> scheduler =
        AsyncJobScheduler.blocking(source, this::work, this::finish, config);
    source.registerDefault(
        Item::of, (context, item) -> scheduler.schedule(context, item.key(), item));
  }

  private void asynchronous(SchedulerConfig config) {
    AsyncJobScheduler<String, Item> scheduler =
        AsyncJobScheduler.asynchronous(source, this::workLater, this::finish, config);
    source.registerDefault(
        Item::of, (context, item) -> scheduler.schedule(context, item.key(), item));
  }

  private void work(String key, Item item) throws InterruptedException {
    long started = begin(item);
    world.sleeper().sleep(world.serviceNanos().applyAsLong(item.payload()));
    end(item, started);
  }

  private CompletionStage<?> workLater(String key, Item item) {
    long started = begin(item);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    later(
        item,
        () -> {
          end(item, started);
          if (!done.complete(true)) {
            throw new AssertionError("the work on " + item.payload() + " was completed by others");
          }
        });
    return done;
  }

  private ExecutionState finish(
      EventContext context, String key, Item item, @Nullable Exception failure) throws Exception {
    if (failure != null) {
      throw failure;
    }
    complete(item);
    return ExecutionState.COMPLETE;
  }

  private ExecutionState naive(EventContext context, Item item) {
    long started = begin(item);
    later(
        item,
        () -> {
          end(item, started);
          context.asyncJobComplete(
              () -> {
                complete(item);
                return ExecutionState.COMPLETE;
              });
        });
    return ExecutionState.INCOMPLETE;
  }

  private ExecutionState synchronous(EventContext context, Item item) throws InterruptedException {
    work(item.key(), item);
    complete(item);
    return ExecutionState.COMPLETE;
  }

  private void later(Item item, Runnable action) {
    Future<?> timer =
        world
            .timers()
            .schedule(
                action, world.serviceNanos().applyAsLong(item.payload()), TimeUnit.NANOSECONDS);
    if (timer.isCancelled()) {
      throw new AssertionError("a timer was cancelled as soon as it was made");
    }
  }

  private long begin(Item item) {
    world.observer().started(item.input(), item.key());
    return world.runtime().nanoTime().getAsLong();
  }

  private void end(Item item, long started) {
    world.outcomes().worked(world.runtime().nanoTime().getAsLong() - started);
    world.observer().workEnded(item.input(), item.key());
  }

  private void complete(Item item) {
    world.observer().completed(item.input(), item.key());
    world.outcomes().completed(item.payload());
  }
}
