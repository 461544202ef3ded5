package io.heddle.simulator.junit;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.Schedule;
import io.heddle.simulator.fault.FaultPlan;
import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One simulation whose main thread does step by step what JUnit asks for, so that everything around
 * a test happens in the same virtual time. Between two steps no virtual time passes. JUnit's thread
 * waits while a step is done; a third thread waits for the simulation, as somebody outside has to.
 */
final class Session {
  /** Something to do in the simulation. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws Throwable;
  }

  private static final long SIGN_OF_LIFE_MILLIS = 10;

  private final List<Fact> facts = new ArrayList<>();
  private final SimulatedKafka kafka;
  private final FaultPlan faults;
  private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
  private boolean ending;

  Session(long seed, int brokers, Schedule schedule) {
    this(seed, brokers, schedule, Limits.DEFAULT);
  }

  Session(long seed, int brokers, Schedule schedule, Limits limits) {
    this.kafka =
        SimulatedKafka.builder(seed)
            .limits(limits)
            .schedule(schedule)
            .cluster(ClusterSettings.defaults().withBrokers(brokers))
            .facts(facts::add)
            .build();
    this.faults = FaultPlan.of(kafka);
  }

  SimulatedKafka kafka() {
    return kafka;
  }

  FaultPlan faults() {
    return faults;
  }

  /** What has happened; to be read when the session is over. */
  List<Fact> facts() {
    return facts;
  }

  void begin(String name) {
    Thread outside = new Thread(this::simulate, name);
    outside.setDaemon(true);
    outside.start();
  }

  private void simulate() {
    try {
      kafka.run(this::work);
      whole.complete(true);
    } catch (Throwable failed) {
      whole.completeExceptionally(failed);
    }
  }

  private void work() throws InterruptedException {
    while (!ending && !kafka.simulation().ended()) {
      Runnable step = steps.poll(SIGN_OF_LIFE_MILLIS, TimeUnit.MILLISECONDS);
      if (step != null) {
        step.run();
      } else {
        // Whoever is slow between two steps, it is nobody in here: a sign of life for the watchdog.
        var unused = kafka.simulation().waitQueue("the next step");
      }
    }
  }

  /** Whether the simulation has ended, by itself or on demand. */
  boolean over() {
    return whole.isDone();
  }

  /**
   * Does something in the simulation and waits for it.
   *
   * @throws Throwable what the step threw, or why the simulation could not go on
   */
  <T> T call(Step<T> step) throws Throwable {
    CompletableFuture<T> result = new CompletableFuture<>();
    steps.add(
        () -> {
          try {
            result.complete(step.run());
          } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
          }
        });
    try {
      await(CompletableFuture.anyOf(result, whole));
    } catch (Throwable thrown) {
      // What is thrown when all is over comes of that: unwinding, or an interrupt.
      if (kafka.simulation().ended()) {
        await(whole);
      }
      throw thrown;
    }
    if (kafka.simulation().ended()) {
      await(whole);
    }
    return await(result);
  }

  /**
   * Ends the simulation.
   *
   * @throws Throwable why it could not go on, or what was wrong at its end
   */
  void end() throws Throwable {
    steps.add(() -> ending = true);
    await(whole);
  }

  private <T> T await(CompletableFuture<T> future) throws Throwable {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() == null ? failed : failed.getCause();
    } catch (InterruptedException interrupted) {
      kafka.simulation().fail(interrupted);
      throw interrupted;
    }
  }
}
