package io.heddle.simulator.junit;

import static io.heddle.simulator.junit.JupiterRun.failures;
import static io.heddle.simulator.junit.JupiterRun.names;
import static io.heddle.simulator.junit.JupiterRun.onlyFailure;
import static io.heddle.simulator.junit.JupiterRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.core.SimClock;
import io.heddle.simulator.fault.FaultPlan;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The classes that are run stand above what is expected of them. */
class SimulatedKafkaTestTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  static class Passing {
    @SimulatedKafkaTest
    void everythingIsInjected(
        SimulatedKafka kafka,
        FaultPlan faults,
        @InProcess("m1") SimulatedProcess process,
        Producer<String, String> producer,
        @ClientProperties({"group.id = g", "auto.offset.reset=earliest"})
            Consumer<String, String> consumer,
        Admin admin,
        Clock clock,
        ExecutorService executor,
        ScheduledExecutorService timers,
        Observer observer)
        throws Exception {
      kafka.createTopic("orders", 1);
      assertEquals(0, producer.send(new ProducerRecord<>("orders", "k", "v")).get().offset());
      consumer.subscribe(List.of("orders"));
      List<String> seen = executor.submit(() -> firstOf(consumer, observer)).get();
      assertEquals(List.of("v"), seen);
      assertEquals(
          List.of("g"), admin.listGroups().all().get().stream().map(it -> it.groupId()).toList());
      long before = clock.millis();
      assertEquals(7, timers.schedule(() -> 7, 3, TimeUnit.HOURS).get());
      assertEquals(Duration.ofHours(3).toMillis(), clock.millis() - before);
      assertEquals("m1", process.process().member().name());
      assertEquals(List.of(), faults.unfired());
      assertEquals(List.of("app", "m1"), kafka.processes().stream().sorted().toList());
    }

    private static List<String> firstOf(Consumer<String, String> consumer, Observer observer) {
      while (true) {
        for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofSeconds(1))) {
          observer.started(order, "k");
          observer.ended(order, "k");
          consumer.commitSync();
          return List.of(order.value());
        }
      }
    }
  }

  @Test
  void aTestGetsWhateverItNeedsInVirtualTime() {
    EngineExecutionResults results = run(Passing.class);

    assertThat(failures(results)).isEmpty();
    assertThat(names(results)).containsExactly("seed 1");
  }

  static class Seeds {
    @SimulatedKafkaTest(seeds = 20)
    void some() {}

    @SimulatedKafkaTest(seeds = 20)
    @Seed(8871)
    void one() {}
  }

  @Test
  void aTestRunsOncePerSeed() {
    assertThat(names(run(Seeds.class)))
        .hasSize(21)
        .contains("seed 1", "seed 20", "seed 8871")
        .doesNotContain("seed 21");
  }

  @Test
  void aConfigurationParameterReplaysOneSeed() {
    assertThat(names(run(Seeds.class, "heddle.seed", "42"))).containsExactly("seed 42", "seed 42");
  }

  @Test
  void aSeedThatIsNoNumberIsRefused() {
    assertThat(failures(run(Seeds.class, "heddle.seed", "many")))
        .hasSize(2)
        .allSatisfy(
            it -> assertThat(it).hasMessageContaining("heddle.seed must be a whole number"));
  }

  static class Different {
    @SimulatedKafkaTest(seeds = 3)
    void draws(SimulatedKafka kafka) {
      throw new IllegalStateException("drawn " + kafka.choices("x").below(1_000_000));
    }
  }

  @Test
  void aSeedIsOneHistory() {
    List<String> first =
        failures(run(Different.class)).stream().map(Throwable::getMessage).toList();
    List<String> again =
        failures(run(Different.class)).stream().map(Throwable::getMessage).toList();

    assertThat(again).isEqualTo(first).doesNotHaveDuplicates().hasSize(3);
  }

  static class Failing {
    @SimulatedKafkaTest
    @Seed(8871)
    void compares() {
      assertEquals(1, 2);
    }
  }

  @Test
  void aFailureTellsTheSeedAndHowToReplayItAndKeepsWhatWasCompared() {
    Throwable failure = onlyFailure(Failing.class);

    assertThat(failure)
        .isInstanceOf(org.opentest4j.AssertionFailedError.class)
        .hasMessage(
            "expected: <1> but was: <2>\n"
                + "seed 8871, to replay: @Seed(8871) or -Dheddle.seed=8871");
    assertThat(
            ((org.opentest4j.AssertionFailedError) failure).getActual().getStringRepresentation())
        .isEqualTo("2");
  }

  static class Skipped {
    @SimulatedKafkaTest
    void assumes() {
      Assumptions.abort("not here");
    }
  }

  @Test
  void anAbortedTestIsNotAFailure() {
    EngineExecutionResults results = run(Skipped.class);

    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().aborted().count()).isEqualTo(1);
  }

  static class Uncaught {
    @SimulatedKafkaTest
    void startsAThread(SimulatedKafka kafka, SimulatedProcess process) {
      var unused =
          process.start(
              "worker",
              () -> {
                throw new IllegalStateException("bad luck");
              });
      kafka.simulation().sleep(1_000);
    }

    @AfterEach
    void isSkipped() {
      throw new IllegalStateException("not skipped");
    }
  }

  @Test
  void whatAThreadLetsEscapeFailsItsTest() {
    assertThat(onlyFailure(Uncaught.class))
        .hasMessageContaining("uncaught in app/worker")
        .hasMessageContaining("bad luck")
        .hasMessageContaining("@Seed(1)")
        .satisfies(it -> assertThat(it.getSuppressed()).isEmpty());
  }

  static class Stalled {
    @SimulatedKafkaTest
    void waitsForNobody(SimulatedProcess process) throws Exception {
      java.util.concurrent.locks.Lock lock = process.runtime().locks().get();
      lock.lock();
      java.util.concurrent.locks.Condition never = lock.newCondition();
      while (lock.tryLock()) {
        never.await();
      }
    }
  }

  @Test
  void aTestThatWaitsForNothingIsToldApart() {
    assertThat(onlyFailure(Stalled.class))
        .hasMessageContaining("nothing is left to happen")
        .hasMessageContaining("@Seed(1)");
  }

  static class Around {
    private long started;

    @BeforeEach
    void createsTopic(SimulatedKafka kafka, Producer<String, String> producer) throws Exception {
      kafka.createTopic("orders", 1);
      producer.send(new ProducerRecord<>("orders", "k", "v")).get();
      kafka.simulation().sleep(Duration.ofHours(1).toNanos());
      started = kafka.simulation().nanoTime();
    }

    @SimulatedKafkaTest(seeds = 3)
    void goesOnWhereItWas(SimulatedKafka kafka) {
      assertEquals(started, kafka.simulation().nanoTime());
      assertEquals(1, kafka.cluster().endOffset(ORDERS));
      kafka.simulation().sleep(1);
    }

    @AfterEach
    void looks(SimulatedKafka kafka, Clock clock) {
      assertEquals(started + 1, kafka.simulation().nanoTime());
      assertEquals(
          SimClock.START.toEpochMilli() + kafka.simulation().nanoTime() / 1_000_000,
          clock.millis());
      if (kafka.choices("x").below(2) < 2) {
        throw new IllegalStateException("looked");
      }
    }
  }

  @Test
  void whatIsAroundATestHappensInTheSameVirtualTime() {
    assertThat(failures(run(Around.class)))
        .hasSize(3)
        .allSatisfy(it -> assertThat(it).hasMessageContaining("looked\nseed "));
  }

  static class Parallel {
    static final CountDownLatch TOGETHER = new CountDownLatch(4);

    @SimulatedKafkaTest(seeds = 4)
    void meets(SimulatedKafka kafka) throws InterruptedException {
      kafka.createTopic("orders", 1);
      TOGETHER.countDown();
      if (!TOGETHER.await(4, TimeUnit.SECONDS)) {
        throw new IllegalStateException("alone");
      }
      kafka.simulation().sleep(1_000_000);
    }
  }

  @Test
  void testsRunAtTheSameTimeWhereJunitIsToldSo() {
    EngineExecutionResults results =
        run(
            Parallel.class,
            "junit.jupiter.execution.parallel.enabled",
            "true",
            "junit.jupiter.execution.parallel.mode.default",
            "concurrent",
            "junit.jupiter.execution.parallel.config.strategy",
            "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism",
            "4");

    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(4);
  }

  static class Slow {
    @SimulatedKafkaTest
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    void neverEnds(SimulatedKafka kafka) {
      while (kafka.simulation().nanoTime() >= 0) {
        kafka.simulation().sleep(1);
      }
    }
  }

  @Test
  void aTimeoutOfJunitEndsTheSimulation() {
    assertThat(onlyFailure(Slow.class)).isInstanceOf(java.util.concurrent.TimeoutException.class);
  }

  @SimulatedKafkaTest(seeds = 3)
  static class WholeClass {
    @Test
    void one(SimulatedKafka kafka) {
      kafka.createTopic("orders", 1);
    }

    @Test
    void another(SimulatedKafka kafka) {
      kafka.createTopic("orders", 1);
      throw new IllegalStateException("bad luck");
    }

    @Nested
    class Inside {
      @Test
      void third(FaultPlan faults) {
        assertEquals(List.of(), faults.unfired());
      }
    }
  }

  @Test
  void aClassRunsOncePerSeedEachTestOnItsOwnCluster() {
    EngineExecutionResults results = run(WholeClass.class);

    assertThat(results.testEvents().started().count()).isEqualTo(9);
    assertThat(failures(results))
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(1, 2, 3)
                .map(
                    seed ->
                        "java.lang.IllegalStateException: bad luck\nseed %d, to replay: @Seed(%d) or -Dheddle.seed=%d"
                            .formatted(seed, seed, seed))
                .toList());
  }

  @SimulatedKafkaTest(seeds = 50)
  @Seed(8871)
  static class WholeClassOfOneSeed {
    @Test
    void one() {}
  }

  @Test
  void aClassIsReplayedWithOneSeed() {
    assertThat(names(run(WholeClassOfOneSeed.class))).containsExactly("one()");
  }
}
