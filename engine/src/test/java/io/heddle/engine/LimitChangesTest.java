package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a scheduler owes its keys, whatever its limits are changed to meanwhile. */
class LimitChangesTest {
  private final Rig rig = new Rig();
  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();

  private AsyncJobScheduler<String, String> scheduler(boolean blocks, SchedulerConfig config) {
    AsyncJobScheduler<String, String> scheduler =
        blocks
            ? AsyncJobScheduler.blocking(
                rig.source,
                (key, value) -> {
                  CompletableFuture<Void> call = call(value);
                  rig.block(call::isDone);
                },
                (context, key, value, failure) -> ExecutionState.COMPLETE,
                config)
            : AsyncJobScheduler.asynchronous(
                rig.source,
                (key, value) -> call(value),
                (context, key, value, failure) -> ExecutionState.COMPLETE,
                config);
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  private CompletableFuture<Void> call(String value) {
    log.add(value);
    CompletableFuture<Void> call = new CompletableFuture<>();
    calls.put(value, call);
    return call;
  }

  private void end(int index) {
    String value = List.copyOf(calls.keySet()).get(index);
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  @Test
  void givesEachKeyItsTurnWhateverTheOthersHaveQueued() {
    for (boolean blocks : new boolean[] {true, false}) {
      LimitChangesTest fresh = new LimitChangesTest();
      fresh.scheduler(blocks, new SchedulerConfig(1, 100, 100));
      fresh.rig.start(0).deliver(0, "a1", "a2", "a3", "a4", "b1", "b2", "c1");
      while (!fresh.calls.isEmpty()) {
        fresh.end(0);
      }

      assertThat(fresh.log).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
    }
  }

  @Test
  void losesNoWorkerAndNoKeyHoweverItsLimitsAreChanged() {
    for (int seed = 0; seed < 40; seed++) {
      new LimitChangesTest().changeLimits(new Random(seed), seed % 2 == 0);
    }
  }

  private void changeLimits(Random random, boolean blocks) {
    AsyncJobScheduler<String, String> scheduler = scheduler(blocks, new SchedulerConfig(3, 2, 4));
    rig.start(0);
    int offset = 0;
    int concurrency = 3;
    Set<String> runningBefore = new LinkedHashSet<>();
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          runningBefore = new LinkedHashSet<>(calls.keySet());
          concurrency = 1 + random.nextInt(6);
          scheduler.setConcurrency(concurrency);
        }
        case 1 -> scheduler.setWorkerQueueDepth(1 + random.nextInt(4));
        case 2 -> scheduler.setMaxConcurrentKeys(1 + random.nextInt(8));
        case 3 -> {
          if (!calls.isEmpty()) {
            end(random.nextInt(calls.size()));
          }
        }
        default -> rig.deliver(offset, "abcdefgh".charAt(random.nextInt(8)) + "" + offset++);
      }
      rig.baton.settle();
      runningBefore.retainAll(calls.keySet());
      // Those that ran when the limit was lowered are left to end; no other may start meanwhile.
      assertThat(calls.size()).isLessThanOrEqualTo(Math.max(concurrency, runningBefore.size()));
      // No slot is idle while a key waits for one.
      assertThat(calls.size())
          .isGreaterThanOrEqualTo(Math.min(concurrency, scheduler.activeKeys()));
    }
    while (!calls.isEmpty()) {
      end(random.nextInt(calls.size()));
    }
    rig.commit();
    while (!calls.isEmpty()) {
      end(random.nextInt(calls.size()));
    }
    rig.commit();
    assertThat(log).hasSize(offset);
    assertThat(scheduler.activeKeys()).isZero();
    assertThat(rig.source.paused()).isEmpty();
    assertThat(rig.committed(0)).isEqualTo(offset);
  }

  @Test
  void runsWorkOnVirtualThreadsWhereThereAreSome() throws Exception {
    EngineRuntime runtime = EngineRuntime.system();
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    runtime.workers().execute(() -> ran.complete(Thread.currentThread()));
    Thread thread = ran.get();
    runtime.shutdownOwnedPools();

    assertThat(isVirtual(thread)).isEqualTo(Runtime.version().feature() >= 21);
  }

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    if (Runtime.version().feature() < 21) {
      return false;
    }
    Method asked = Thread.class.getMethod("isVirtual");
    return (boolean) asked.invoke(thread);
  }
}
