package io.heddle.simulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.history.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private final Simulation simulation = new Simulation(new SeededChoices(1), Limits.DEFAULT);
  private final SimProcess process = new SimProcess(new Member("m1", 1));
  private final SimRuntime runtime = new SimRuntime(simulation, process);
  private final List<String> log = new ArrayList<>();

  private void note(String what) {
    log.add(simulation.nanoTime() / 1_000_000 + " " + what);
  }

  private static <T> T run(Simulation simulation, Callable<T> body) throws Exception {
    return simulation.run(body);
  }

  @Test
  void sleepsInVirtualTime() throws Exception {
    long end =
        run(
            simulation,
            () -> {
              simulation.sleep(Duration.ofHours(3).toNanos());
              return simulation.nanoTime();
            });

    assertThat(end).isEqualTo(Duration.ofHours(3).toNanos());
  }

  @Test
  void interleavesThreadsByTheirSleeps() throws Exception {
    run(
        simulation,
        () -> {
          SimHandle a = simulation.spawn(process, "a", () -> tick("a", 10));
          SimHandle b = simulation.spawn(process, "b", () -> tick("b", 16));
          a.join(Long.MAX_VALUE);
          b.join(Long.MAX_VALUE);
          return true;
        });

    assertThat(log).containsExactly("10 a", "16 b", "20 a", "30 a", "32 b", "48 b");
  }

  private void tick(String name, int millis) {
    for (int i = 0; i < 3; i++) {
      simulation.sleep(Duration.ofMillis(millis).toNanos());
      note(name);
    }
  }

  @Test
  void runsTasksOfAnExecutorAtMostSoManyAtOnce() throws Exception {
    run(
        simulation,
        () -> {
          ExecutorService executor = runtime.executor("pool", 2);
          List<Future<?>> futures = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            futures.add(
                executor.submit(
                    () -> {
                      simulation.sleep(Duration.ofMillis(10).toNanos());
                      note("done");
                    }));
          }
          for (Future<?> future : futures) {
            future.get();
          }
          executor.shutdown();
          return executor.awaitTermination(1, TimeUnit.SECONDS);
        });

    assertThat(log).containsExactly("10 done", "10 done", "20 done", "20 done");
  }

  @Test
  void firesTimersAtTheirTimeAndRepeatsPeriodicOnes() throws Exception {
    run(
        simulation,
        () -> {
          ScheduledExecutorService timers = runtime.scheduledExecutor("timers", 1);
          Future<?> rate =
              timers.scheduleAtFixedRate(() -> note("rate"), 5, 10, TimeUnit.MILLISECONDS);
          int answer = timers.schedule(() -> 42, 12, TimeUnit.MILLISECONDS).get();
          note("answer " + answer);
          simulation.sleep(Duration.ofMillis(14).toNanos());
          timers.shutdown();
          assertThat(rate.isCancelled()).isTrue();
          return true;
        });

    assertThat(log).containsExactly("5 rate", "12 answer 42", "15 rate", "25 rate");
  }

  @Test
  void startsThreadsOfAFactoryWhenTheyAreStarted() throws Exception {
    run(
        simulation,
        () -> {
          Thread thread = runtime.threadFactory("app").newThread(() -> tick("t", 1));
          simulation.sleep(Duration.ofMillis(5).toNanos());
          thread.start();
          simulation.sleep(Duration.ofMillis(5).toNanos());
          return true;
        });

    assertThat(log).containsExactly("6 t", "7 t", "8 t");
  }

  @Test
  void excludesAndSignalsThroughALockAndItsCondition() throws Exception {
    Lock lock = runtime.locks().get();
    Condition changed = lock.newCondition();
    List<Integer> items = new ArrayList<>();

    run(
        simulation,
        () -> {
          SimHandle consumer =
              simulation.spawn(
                  process,
                  "consumer",
                  () -> {
                    lock.lock();
                    try {
                      while (items.size() < 2) {
                        changed.awaitUninterruptibly();
                      }
                      note("consumed " + items);
                    } finally {
                      lock.unlock();
                    }
                  });
          for (int i = 0; i < 2; i++) {
            simulation.sleep(Duration.ofMillis(1).toNanos());
            lock.lock();
            try {
              items.add(i);
              changed.signalAll();
            } finally {
              lock.unlock();
            }
          }
          return consumer.join(Duration.ofSeconds(1).toNanos());
        });

    assertThat(log).containsExactly("2 consumed [0, 1]");
  }

  @Test
  void unwindsTheThreadsOfACrashedProcessAndDropsItsTimers() throws Exception {
    run(
        simulation,
        () -> {
          Future<?> timer =
              runtime
                  .scheduledExecutor("timers", 1)
                  .schedule(() -> note("timer"), 9, TimeUnit.SECONDS);
          simulation.spawn(
              process,
              "victim",
              () -> {
                try {
                  simulation.sleep(Duration.ofSeconds(10).toNanos());
                  note("survived");
                } finally {
                  note("unwound");
                }
              });
          simulation.sleep(Duration.ofSeconds(1).toNanos());
          simulation.crash(process);
          simulation.sleep(Duration.ofSeconds(20).toNanos());
          return timer.isDone();
        });

    assertThat(log).containsExactly("1000 unwound");
  }

  @Test
  void holdsAPausedProcessAndNobodyElse() throws Exception {
    run(
        simulation,
        () -> {
          SimHandle paused = simulation.spawn(process, "paused", () -> tick("paused", 10));
          SimHandle other = simulation.spawn(null, "other", () -> tick("other", 10));
          simulation.sleep(Duration.ofMillis(15).toNanos());
          simulation.pause(process, Duration.ofMillis(100).toNanos());
          other.join(Long.MAX_VALUE);
          paused.join(Long.MAX_VALUE);
          return true;
        });

    assertThat(log.stream().filter(line -> line.endsWith("paused")))
        .containsExactly("10 paused", "115 paused", "125 paused");
    assertThat(log.stream().filter(line -> line.endsWith("other")))
        .containsExactly("10 other", "20 other", "30 other");
  }

  @Test
  void saysWhoWaitsForWhatWhenNothingIsLeftToHappen() {
    assertThatThrownBy(
            () -> run(simulation, () -> simulation.waitQueue("a miracle").await(Long.MAX_VALUE)))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("main for a miracle");
  }

  @Test
  void namesWhatBlocksOutsideTheSimulation() {
    Simulation impatient =
        new Simulation(
            new SeededChoices(1),
            new Limits(
                Duration.ofHours(1), 1_000_000, Duration.ofMinutes(1), Duration.ofMillis(50)));

    assertThatThrownBy(
            () ->
                run(
                    impatient,
                    () -> {
                      new CountDownLatch(1).await();
                      return true;
                    }))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("main blocks outside the simulation")
        .hasMessageContaining("inject the simulation's Lock");
  }

  @Test
  void refusesThreadsFromOutside() {
    assertThatThrownBy(() -> simulation.sleep(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not part of the simulation");
  }

  @Test
  void failsTheRunWhenAThreadDies() {
    assertThatThrownBy(
            () ->
                run(
                    simulation,
                    () -> {
                      simulation
                          .spawn(
                              process,
                              "careless",
                              () -> {
                                throw new IllegalArgumentException("oops");
                              })
                          .join(Long.MAX_VALUE);
                      return true;
                    }))
        .hasMessageContaining("m1/careless")
        .hasMessageContaining("oops");
  }

  @Test
  void stopsAtTheLimitOfVirtualTime() {
    Simulation limited =
        new Simulation(
            new SeededChoices(1),
            new Limits(Duration.ofSeconds(1), 1000, Duration.ofMinutes(1), Duration.ofSeconds(5)));

    assertThatThrownBy(
            () ->
                run(
                    limited,
                    () -> {
                      limited.sleep(Duration.ofSeconds(2).toNanos());
                      return true;
                    }))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("1000 ms of virtual time");
  }
}
