package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private final Rig rig = new Rig();
  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();

  private AsyncJobScheduler<String, String> asynchronous(SchedulerConfig config) {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              log.add("start " + value);
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              return call;
            },
            this::finish,
            config);
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  private AsyncJobScheduler<String, String> blocking(SchedulerConfig config) {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {
              log.add("start " + value);
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              rig.block(call::isDone);
            },
            this::finish,
            config);
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  private ExecutionState finish(
      EventContext context, String key, String value, @Nullable Exception failure) {
    log.add("finish " + value + (failure == null ? "" : " " + failure.getMessage()));
    return ExecutionState.COMPLETE;
  }

  private void end(String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  private void fail(String value, Exception failure) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.completeExceptionally(failure);
    rig.baton.settle();
  }

  @Test
  void holdsAKeyUntilItsStageCompletes() {
    asynchronous(new SchedulerConfig(10, 100, 100));
    rig.start(0).deliver(0, "a1", "a2", "b1");

    assertThat(log).containsExactly("start a1", "start b1");
    end("a1");
    assertThat(log).containsExactly("start a1", "start b1", "finish a1", "start a2");
    end("b1");
    end("a2");
    assertThat(log).endsWith("finish b1", "finish a2");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(3);
  }

  @Test
  void holdsAKeyWhileABlockingProcessorRuns() {
    blocking(new SchedulerConfig(10, 100, 100));
    rig.start(0).deliver(0, "a1", "a2", "b1");

    assertThat(log).containsExactly("start a1", "start b1");
    end("a1");
    assertThat(log).containsExactlyInAnyOrder("start a1", "start b1", "finish a1", "start a2");
    end("a2");
    end("b1");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(3);
  }

  @Test
  void runsNoMoreJobsAtOnceThanItHasSlots() {
    asynchronous(new SchedulerConfig(2, 100, 100));
    rig.start(0).deliver(0, "a1", "b1", "c1", "d1");

    assertThat(calls.keySet()).containsExactly("a1", "b1");
    end("b1");
    assertThat(calls.keySet()).containsExactly("a1", "c1");
  }

  @Test
  void losesNoSlotWhenConcurrencyGoesDownAndUp() {
    AsyncJobScheduler<String, String> scheduler = blocking(new SchedulerConfig(3, 100, 100));
    rig.start(0).deliver(0, "a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1");

    scheduler.setConcurrency(1);
    end("a1");
    end("b1");
    assertThat(calls.keySet()).containsExactly("c1");
    scheduler.setConcurrency(4);
    rig.baton.settle();
    assertThat(calls.keySet()).hasSize(4).startsWith("c1");
    while (!calls.isEmpty()) {
      end(calls.keySet().iterator().next());
    }
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(8);
    assertThat(scheduler.activeKeys()).isZero();
  }

  @Test
  void sharesAKeyBetweenPartitions() {
    asynchronous(new SchedulerConfig(10, 100, 100));
    rig.start(0, 1);
    rig.deliverTo(0, 0, "a-of-0");
    rig.deliverTo(1, 0, "a-of-1");

    assertThat(log).containsExactly("start a-of-0");
    end("a-of-0");
    end("a-of-1");
    rig.commit();
    assertThat(rig.committed(1)).isEqualTo(1);
  }

  @Test
  void handsTheProcessorsExceptionToTheFinalizer() {
    asynchronous(new SchedulerConfig(1, 100, 100));
    rig.start(0).deliver(0, "a1", "b1");

    fail("a1", new IllegalStateException("refused"));
    end("b1");

    assertThat(log).contains("finish a1 refused", "finish b1");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void handsOnAnExceptionThatTheProcessorThrowsAtOnce() {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.<String, String>asynchronous(
            rig.source,
            (key, value) -> {
              throw new IllegalStateException("refused " + value);
            },
            this::finish,
            SchedulerConfig.compute(1));
    rig.handling((context, value) -> scheduler.schedule(context, "k", value));

    rig.start(0).deliver(0, "a", "b");

    assertThat(log).containsExactly("finish a refused a", "finish b refused b");
  }

  @Test
  void goesOnInlineWithStagesThatAreComplete() {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> CompletableFuture.completedFuture(value),
            this::finish,
            SchedulerConfig.compute(1));
    rig.handling((context, value) -> scheduler.schedule(context, "k", value));

    rig.start(0).deliver(0, "a", "b", "c");

    assertThat(log).containsExactly("finish a", "finish b", "finish c");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(3);
  }

  @Test
  void chainsOneSchedulerBehindAnother() {
    AsyncJobScheduler<String, String> second =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> log.add("write " + value),
            this::finish,
            SchedulerConfig.compute(2));
    AsyncJobScheduler<String, String> first =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> log.add("read " + value),
            (context, key, value, failure) -> second.schedule(context, key, value),
            SchedulerConfig.compute(2));
    rig.handling((context, value) -> first.schedule(context, "k", value));

    rig.start(0).deliver(0, "a", "b");

    assertThat(log.stream().filter(line -> line.endsWith("a")))
        .containsExactly("read a", "write a", "finish a");
    assertThat(log.stream().filter(line -> line.startsWith("finish")))
        .containsExactly("finish a", "finish b");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void refusesToScheduleTwiceOrFromElsewhere() {
    List<Throwable> refused = new ArrayList<>();
    List<EventContext> contexts = new ArrayList<>();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source, (key, value) -> {}, this::finish, SchedulerConfig.compute(1));
    rig.handling(
        (context, value) -> {
          contexts.add(context);
          ExecutionState state = scheduler.schedule(context, "k", value);
          try {
            scheduler.schedule(context, "k", value);
          } catch (IllegalStateException e) {
            refused.add(e);
          }
          try {
            context.asyncJobComplete(() -> ExecutionState.COMPLETE);
          } catch (IllegalStateException e) {
            refused.add(e);
          }
          return state;
        });

    rig.start(0).deliver(0, "a");

    assertThat(refused).hasSize(2);
    assertThatThrownBy(() -> scheduler.schedule(contexts.get(0), "k", "late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("schedule of in-0@0 must be called by its handler or finalizer");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void namesTheKeyThatBlocksTheCommit() {
    asynchronous(new SchedulerConfig(1, 100, 100));
    rig.start(0).deliver(4, "a1");

    assertThat(rig.source.commitBlockers())
        .extracting(CommitBlocker::offset, CommitBlocker::key)
        .containsExactly(tuple(4L, Optional.of("a")));
  }

  @Test
  void keepsTheOrderOfEachKeyWhateverTheOrderOfCompletions() {
    for (int seed = 0; seed < 30; seed++) {
      SchedulerTest fresh = new SchedulerTest();
      fresh.keepsTheOrderOfEachKey(new Random(seed), seed % 2 == 0);
    }
  }

  private void keepsTheOrderOfEachKey(Random random, boolean blocks) {
    SchedulerConfig config = new SchedulerConfig(1 + random.nextInt(5), 100, 100);
    if (blocks) {
      blocking(config);
    } else {
      asynchronous(config);
    }
    rig.start(0);
    int total = 60;
    for (int i = 0; i < total; i++) {
      rig.deliver(i, String.valueOf((char) ('a' + random.nextInt(5))) + (100 + i));
      while (!calls.isEmpty() && random.nextBoolean()) {
        end(List.copyOf(calls.keySet()).get(random.nextInt(calls.size())));
      }
    }
    while (!calls.isEmpty()) {
      end(List.copyOf(calls.keySet()).get(random.nextInt(calls.size())));
    }

    for (char key = 'a'; key < 'f'; key++) {
      String prefix = "start " + key;
      String suffix = "finish " + key;
      List<String> starts = log.stream().filter(line -> line.startsWith(prefix)).toList();
      List<String> finishes = log.stream().filter(line -> line.startsWith(suffix)).toList();
      assertThat(starts).isSorted();
      assertThat(finishes).isSorted().hasSameSizeAs(starts);
    }
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(total);
  }
}
