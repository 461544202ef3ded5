package io.heddle.scenarios.run;

import io.heddle.engine.AsyncBatcher;
import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.BatchItem;
import io.heddle.engine.BatchItems;
import io.heddle.engine.BatcherConfig;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventHandler;
import io.heddle.engine.EventSource;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.JobFinalizer;
import io.heddle.engine.SchedulerConfig;
import io.heddle.scenarios.model.Batcher;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.EventTypes;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The application under test: one member of the group, which works on each record for as long as
 * the scenario says, in the engine's mode that it says, and tells an observer about it.
 */
final class MemberApp {
  private final MemberSurroundings world;
  private final EventSource source;
  private final List<AsyncJobScheduler<?, ?>> schedulers = new ArrayList<>();
  private final boolean makesOutputs;
  private final int answers;
  private final @Nullable StoredOffsets store;
  private final MemberFailures failures;
  private final Optional<EventTypes> types;
  private final BatchPromises batches;
  private final OwnershipPromises owned;
  private final KeyNames names = new KeyNames();

  private MemberApp(MemberSurroundings world, EventSource source, Engine engine) {
    this.world = world;
    this.source = source;
    this.makesOutputs = engine.exactlyOnce().isPresent();
    this.answers = engine.work().outputs().map(Outputs::each).orElse(0);
    this.store = StoredOffsets.of(source, engine, world).orElse(null);
    this.failures = new MemberFailures(world, engine.work().onFailure());
    this.types = engine.work().types();
    this.batches = new BatchPromises(world.dealings().promises(), engine.work().batcher());
    this.owned = world.dealings().ownerships();
  }

  /** A member that has not been started. */
  static EngineMember create(Scenario scenario, List<String> topics, MemberSurroundings world) {
    EventSource source =
        new EventSource(
            MemberSettings.of(scenario, topics, world),
            world.clients(),
            world.runtime(),
            world.listener());
    Engine engine = scenario.engine();
    MemberApp app = new MemberApp(world, source, engine);
    switch (engine.mode()) {
      case SCHEDULER -> app.schedule(app.blocking(1, app::finish, schedulerConfig(engine)));
      case SCHEDULER_ASYNC ->
          app.schedule(app.asynchronous(1, app::finish, schedulerConfig(engine)));
      case CHAINED -> app.chained(engine.work().stages(), schedulerConfig(engine));
      case BATCHER, BATCHER_ASYNC -> app.batches(engine.mode(), engine.work().batcher());
      case NAIVE -> app.handle(app::naive);
      case SYNC -> app.handle(app::synchronous);
    }
    engine
        .work()
        .interjections()
        .ifPresent(
            each ->
                source.scheduleInterjection(
                    new MemberInterjections(world, source, each), each.every(), each.jitter()));
    return new EngineMember(source, app.schedulers, world.dealings().asked());
  }

  private static SchedulerConfig schedulerConfig(Engine engine) {
    Engine.Scheduler scheduler = engine.scheduler();
    return new SchedulerConfig(
        scheduler.concurrency(), scheduler.queueDepth(), scheduler.maxKeys());
  }

  private Item accept(ConsumerRecord<byte[], byte[]> input) {
    Item item = Item.of(input, names);
    world.dealings().givenUp().accepted(item);
    if (world.service().isUndecodable(item.payload())) {
      world.dealings().givenUp().failed(item);
      throw Undecodables.failure(item.payload());
    }
    return item;
  }

  private void schedule(AsyncJobScheduler<String, Item> scheduler) {
    handle((context, item) -> scheduler.schedule(context, item.key(), item));
  }

  private void handle(EventHandler<Item> handler) {
    EventHandler<Item> entered =
        (context, item) -> {
          owned.entered(context.topicPartition(), item);
          return handler.handle(context, item);
        };
    if (types.isEmpty()) {
      source.registerDefault(this::accept, entered);
      return;
    }
    for (String type : types.get().handled()) {
      source.register(
          type,
          input -> {
            HandledTypes.check(world.dealings().promises(), types.get(), type, input);
            return accept(input);
          },
          entered);
    }
  }

  private AsyncJobScheduler<String, Item> blocking(
      int stage, JobFinalizer<String, Item> then, SchedulerConfig config) {
    return known(
        AsyncJobScheduler.blocking(
            source,
            (key, item) -> {
              work(Lanes.stage(key, stage), item);
              failures.mayFail(item);
            },
            then,
            config));
  }

  private AsyncJobScheduler<String, Item> asynchronous(
      int stage, JobFinalizer<String, Item> then, SchedulerConfig config) {
    return known(
        AsyncJobScheduler.asynchronous(
            source, (key, item) -> workLater(Lanes.stage(key, stage), item), then, config));
  }

  private AsyncJobScheduler<String, Item> known(AsyncJobScheduler<String, Item> scheduler) {
    schedulers.add(scheduler);
    return scheduler;
  }

  /** Blocking and asynchronous stages by turns; the last one is made first. */
  private void chained(int stages, SchedulerConfig config) {
    JobFinalizer<String, Item> then = this::finish;
    for (int stage = stages; stage > 1; stage--) {
      AsyncJobScheduler<String, Item> next =
          stage % 2 == 0 ? asynchronous(stage, then, config) : blocking(stage, then, config);
      then =
          (context, key, item, failure) -> {
            // What is given up here still takes its turn behind the others of its key.
            boolean unused = failures.isGivenUp(item, failure);
            return next.schedule(context, key, item);
          };
    }
    schedule(blocking(1, then, config));
  }

  private void batches(Engine.Mode mode, Batcher limits) {
    BatcherConfig config =
        new BatcherConfig(
            limits.maxSize(), limits.maxConcurrent(), limits.delay(), limits.maxWaiting());
    AsyncBatcher<String, Item> batcher =
        mode == Engine.Mode.BATCHER
            ? AsyncBatcher.blocking(source, batch -> batch(batch, limits.errors()), config)
            : AsyncBatcher.asynchronous(
                source, batch -> batchLater(batch, limits.errors()), config);
    handle(
        (context, item) ->
            batcher.add(
                new BatchItems<>(context, item.key(), this::batched)
                    .add(Collections.nCopies(item.parts(limits), item))
                    .withUserData(item)));
  }

  private void batch(List<BatchItem<String, Item>> batch, double errors)
      throws InterruptedException {
    RunningBatch running = start(batch);
    pass(longest(batch));
    batch.forEach(part -> owned.goesOn(part.value(), "a batch ran"));
    running.end();
    if (endedBadly(batch, errors)) {
      throw new IllegalStateException("the batch was drawn to fail");
    }
  }

  private CompletionStage<?> batchLater(List<BatchItem<String, Item>> batch, double errors) {
    RunningBatch running = start(batch);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    world.later(
        longest(batch),
        () -> {
          running.end();
          if (endedBadly(batch, errors)) {
            fail(done, new IllegalStateException("the batch was drawn to fail"));
          } else {
            complete(done);
          }
        });
    return done;
  }

  private boolean endedBadly(List<BatchItem<String, Item>> batch, double errors) {
    boolean failed = world.service().happens(errors);
    batches.ended(batch, failed);
    return failed;
  }

  private RunningBatch start(List<BatchItem<String, Item>> batch) {
    long started = world.runtime().nanoTime().getAsLong();
    batches.begun(batch);
    return RunningBatch.start(
        batch, item -> begin(item.key(), item), item -> end(item.key(), item, started));
  }

  private long longest(List<BatchItem<String, Item>> batch) {
    return batch.stream()
        .mapToLong(part -> world.service().nanos(part.value().payload()))
        .max()
        .orElse(0);
  }

  private ExecutionState batched(EventContext context, BatchItems<String, Item> items)
      throws Exception {
    Item item = (Item) Objects.requireNonNull(items.userData(), "user data");
    batches.calledBack(item, items);
    mayFail(context, item);
    return finished(context, item);
  }

  private void work(String lane, Item item) throws InterruptedException {
    failures.begins(lane, item);
    long started = begin(lane, item);
    pass(world.service().nanos(item.payload()));
    owned.goesOn(item, "work went on");
    end(lane, item, started);
  }

  private void pass(long nanos) throws InterruptedException {
    if (nanos > 0) {
      world.sleeper().sleep(nanos);
    }
  }

  private CompletionStage<?> workLater(String lane, Item item) {
    failures.begins(lane, item);
    long started = begin(lane, item);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    world.later(
        world.service().nanos(item.payload()),
        () -> {
          end(lane, item, started);
          if (failures.fails(item)) {
            fail(done, MemberFailures.failure(item));
          } else {
            complete(done);
          }
        });
    return done;
  }

  private static void complete(CompletableFuture<Boolean> done) {
    if (!done.complete(true)) {
      throw new AssertionError("work was completed by others");
    }
  }

  private static void fail(CompletableFuture<Boolean> done, RuntimeException failure) {
    if (!done.completeExceptionally(failure)) {
      throw new AssertionError("work was completed by others");
    }
  }

  /** What a failed attempt forwards is not to be sent. */
  private void mayFail(EventContext context, Item item) {
    if (failures.fails(item)) {
      answer(context, item, true);
      throw MemberFailures.failure(item);
    }
  }

  private void answer(EventContext context, Item item, boolean failed) {
    for (int part = 0; part < answers; part++) {
      context.forward(Answer.of(item.input(), part, failed).in(world.outputs()));
    }
  }

  private ExecutionState finish(
      EventContext context, String key, Item item, @Nullable Exception failure) throws Exception {
    boolean unused = failures.isGivenUp(item, failure);
    return finished(context, item);
  }

  private ExecutionState finished(EventContext context, Item item) {
    String lane = item.finalizer();
    world.observer().started(item.input(), lane);
    complete(context, item);
    world.observer().workEnded(item.input(), lane);
    return ExecutionState.COMPLETE;
  }

  private ExecutionState naive(EventContext context, Item item) {
    long started = begin(item.key(), item);
    world.later(
        world.service().nanos(item.payload()),
        () -> {
          end(item.key(), item, started);
          world
              .dealings()
              .givenUp()
              .completeLater(
                  context,
                  () -> {
                    mayFail(context, item);
                    complete(context, item);
                    return ExecutionState.COMPLETE;
                  });
        });
    return ExecutionState.INCOMPLETE;
  }

  private ExecutionState synchronous(EventContext context, Item item) throws InterruptedException {
    work(item.key(), item);
    mayFail(context, item);
    complete(context, item);
    return ExecutionState.COMPLETE;
  }

  private long begin(String lane, Item item) {
    owned.goesOn(item, "work began");
    if (item.isNew()) {
      world.outcomes().began(item.input(), item.payload());
    }
    world.observer().started(item.input(), lane);
    return world.runtime().nanoTime().getAsLong();
  }

  private void end(String lane, Item item, long started) {
    item.worked(world.runtime().nanoTime().getAsLong() - started);
    world.observer().workEnded(item.input(), lane);
  }

  private void complete(EventContext context, Item item) {
    owned.goesOn(item, "what completes it was called");
    world.dealings().givenUp().completed(item);
    if (makesOutputs) {
      context.forward(Origin.of(item.input()).output(world.outputs(), item.key()));
    }
    answer(context, item, false);
    if (store != null) {
      store.apply(context, item.key(), item.input().offset());
    }
    world.outcomes().worked(item.input(), item.payload(), item.workedNanos());
    world.observer().completed(item.input(), item.key());
    world.outcomes().completed(item.input(), item.payload());
    item.leaves();
  }
}
