package io.heddle.simulator.junit;

import static io.heddle.simulator.junit.JupiterRun.onlyFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.Schedule;
import io.heddle.simulator.core.SimHandle;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.core.SimulationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a person reads, word for word. The classes that are run stand above it. */
class FailureReportTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private static final Limits IMPATIENT =
      new Limits(Duration.ofHours(1), 1_000_000, Duration.ofMinutes(1), Duration.ofMillis(50));

  private static void workOutOfOrder(Observer observer) {
    observer.started(ORDERS, 1, "k");
    observer.started(ORDERS, 0, "k");
    observer.ended(ORDERS, 0, "k");
    observer.ended(ORDERS, 1, "k");
  }

  static class OutOfOrder {
    @SimulatedKafkaTest
    void works(Observer observer) {
      workOutOfOrder(observer);
    }
  }

  @Test
  void aBrokenInvariantIsToldWithItsTimelineAndTheTestAsItsPlace() {
    Throwable told = onlyFailure(OutOfOrder.class);

    assertThat(told)
        .hasMessage(
            """
            key-order: key k of orders-0: offset 0 started after offset 1, both at app
               ms member event   partition@offset key details
            0.000 app    started orders-0@1       k
            0.000 app    started orders-0@0       k
            violations: key-order=1 key-exclusive=1
            seed 1, to replay: @Seed(1) or -Dheddle.seed=1\
            """)
        .hasNoCause()
        .hasNoSuppressedExceptions();
    assertThat(told.getStackTrace())
        .extracting(StackTraceElement::toString)
        .containsExactly(OutOfOrder.class.getName() + ".works(FailureReportTest.java)");
  }

  static class OutOfOrderAndFailing {
    @SimulatedKafkaTest
    void works(Observer observer) {
      workOutOfOrder(observer);
      throw new IllegalStateException("too few orders");
    }
  }

  @Test
  void aFailureIsToldTogetherWithTheInvariantThatMayBeItsCause() {
    Throwable told = onlyFailure(OutOfOrderAndFailing.class);

    assertThat(told)
        .hasMessage(
            """
            java.lang.IllegalStateException: too few orders
            key-order: key k of orders-0: offset 0 started after offset 1, both at app
               ms member event   partition@offset key details
            0.000 app    started orders-0@1       k
            0.000 app    started orders-0@0       k
            violations: key-order=1 key-exclusive=1
            seed 1, to replay: @Seed(1) or -Dheddle.seed=1\
            """)
        .hasNoSuppressedExceptions();
    assertThat(told.getStackTrace())
        .hasSize(1)
        .allSatisfy(frame -> assertThat(frame.getClassName()).endsWith("$OutOfOrderAndFailing"));
    assertThat(told.getCause())
        .extracting(Throwable::getStackTrace)
        .isEqualTo(told.getStackTrace());
  }

  static class Uncaught {
    @SimulatedKafkaTest
    void startsAThread(SimulatedKafka kafka, SimulatedProcess process) {
      var unused = process.start("worker", Uncaught::fail);
      kafka.simulation().sleep(1_000);
    }

    private static void fail() {
      throw new IllegalStateException("bad luck");
    }
  }

  @Test
  void whatAThreadLetsEscapeIsToldWithTheThreadsStack() {
    Throwable told = onlyFailure(Uncaught.class);

    assertThat(told)
        .hasMessage(
            "uncaught in app/worker: java.lang.IllegalStateException: bad luck\n"
                + "seed 1, to replay: @Seed(1) or -Dheddle.seed=1");
    assertThat(told.getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .containsExactly("fail");
    assertThat(told.getCause()).hasMessage("bad luck");
  }

  static class Stubborn {
    @SimulatedKafkaTest
    void leavesAThread(SimulatedKafka kafka, SimulatedProcess process) {
      var unused =
          process.start(
              "stubborn",
              () -> {
                while (true) {
                  try {
                    kafka.simulation().sleep(1_000);
                  } catch (Throwable ignored) {
                    // Goes on.
                  }
                }
              });
      kafka.simulation().sleep(1_000_000);
    }
  }

  @Test
  void aThreadThatIsLeftIsEndedWithItsTest() {
    assertThat(onlyFailure(Stubborn.class))
        .hasMessage(
            "thread app/stubborn goes on although the simulation is over: it catches Throwable in"
                + " a loop; let it pass Errors on\n"
                + "seed 1, to replay: @Seed(1) or -Dheddle.seed=1")
        .hasNoCause();
  }

  static class Stranger {
    @SimulatedKafkaTest
    void leavesAThread(SimulatedProcess process) throws InterruptedException {
      Thread stranger = new Thread(() -> process.runtime().sleep(1), "stranger");
      stranger.setUncaughtExceptionHandler((thread, nobodyLooks) -> {});
      stranger.start();
      stranger.join();
    }
  }

  @Test
  void aThreadFromOutsideFailsTheTestAlthoughNobodyLooksAtIt() {
    assertThat(onlyFailure(Stranger.class))
        .hasMessage(
            "java.lang.IllegalStateException: called from thread stranger, which is not part of"
                + " the simulation: create it with the simulation's ThreadFactory or executors\n"
                + "seed 1, to replay: @Seed(1) or -Dheddle.seed=1");
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatBlocksOutsideIsNamedWithItsStackAndWhatToInject() {
    SimulatedKafka kafka = SimulatedKafka.builder(1).limits(IMPATIENT).build();

    assertThatThrownBy(
            () ->
                kafka.run(
                    () -> {
                      SimHandle booking =
                          kafka.process("m1").start("booking", FailureReportTest::block);
                      assertThat(booking.join(Simulation.FOREVER)).isTrue();
                    }))
        .isInstanceOf(SimulationFailure.class)
        .extracting(
            it -> String.valueOf(it.getMessage()).replaceAll(":[0-9]+", "").lines().toList())
        .isEqualTo(
            List.of(
                "thread m1/booking blocks outside the simulation, in CountDownLatch.await",
                "inject the simulation's Lock and wait in its Condition instead of this latch or",
                "lock, SimulatedProcess.runtime().locks().get():",
                "    at java.util.concurrent.CountDownLatch.await(CountDownLatch.java)",
                "    at"
                    + " io.heddle.simulator.junit.FailureReportTest.block(FailureReportTest.java)"));
  }

  @Test
  void aTestThatBlocksOutsideIsToldOfThatAndNotOfItsInterrupt() {
    Session session = new Session(1, 1, Schedule.UNIFORM, IMPATIENT);
    session.begin("blocked");

    assertThatThrownBy(
            () ->
                session.call(
                    () -> {
                      new CountDownLatch(1).await();
                      return 1;
                    }))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageStartingWith(
            "thread main blocks outside the simulation, in CountDownLatch.await");
  }

  @Test
  void whoeverIsSlowBetweenTwoStepsIsNotTakenForATestThatBlocks() throws Throwable {
    // As patient as a busy machine needs: the session's signs of life may come late there.
    Limits limits =
        new Limits(Duration.ofHours(1), 1_000_000, Duration.ofMinutes(1), Duration.ofMillis(500));
    Session session = new Session(1, 1, Schedule.UNIFORM, limits);
    session.begin("slow");
    assertThat(session.call(() -> 1)).isEqualTo(1);
    // Nobody counts it down; as long as another extension may take for what it does.
    assertThat(new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS)).isFalse();

    assertThat(session.call(() -> 2)).isEqualTo(2);
    session.end();
  }

  static class WaitsInVain {
    @SimulatedKafkaTest
    void waits(SimulatedKafka kafka, ExecutorService pool) throws Exception {
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> "42", pool);
      while (kafka.simulation().remark().isEmpty()) {
        assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
      }
      answer.get(1, TimeUnit.MICROSECONDS);
    }
  }

  @Test
  void aTestThatWaitedForATimeOutsideIsToldSo() {
    assertThat(onlyFailure(WaitsInVain.class))
        .extracting(it -> String.valueOf(it.getMessage()).lines().limit(4).toList())
        .isEqualTo(
            List.of(
                "java.util.concurrent.TimeoutException",
                "thread main waited for a time outside the simulation, in CompletableFuture.get;",
                "no simulated time passes meanwhile, and nobody else runs",
                "wait for futures of the simulation: those of its executors and clients:"));
  }

  @Test
  void aRunThatFailsHasWhoWaitedForATimeOutsideBesideItsFailure() {
    SimulatedKafka kafka = SimulatedKafka.withSeed(1);
    IllegalStateException inVain = new IllegalStateException("in vain");

    assertThatThrownBy(
            () ->
                kafka.run(
                    () -> {
                      while (kafka.simulation().remark().isEmpty()) {
                        assertThat(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS))
                            .isFalse();
                      }
                      throw inVain;
                    }))
        .isSameAs(inVain);
    assertThat(inVain.getSuppressed())
        .singleElement()
        .extracting(it -> String.valueOf(it.getMessage()).lines().limit(3).toList())
        .isEqualTo(
            List.of(
                "thread main waited for a time outside the simulation, in CountDownLatch.await;",
                "no simulated time passes meanwhile, and nobody else runs",
                "inject the simulation's Lock and wait in its Condition instead of this latch or"));
  }

  @Test
  void aRunThatFailsForAnotherReasonHasNothingBesideIt() {
    IllegalStateException failed = new IllegalStateException("otherwise");

    assertThatThrownBy(
            () ->
                SimulatedKafka.withSeed(1)
                    .run(
                        () -> {
                          throw failed;
                        }))
        .isSameAs(failed)
        .hasNoSuppressedExceptions();
  }
}
