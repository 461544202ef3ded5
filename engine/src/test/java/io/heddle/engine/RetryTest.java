package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<String> log = new ArrayList<>();
  // How often what still fails.
  private final Map<String, Integer> failures = new LinkedHashMap<>();

  private static Rig rig(FailureStage stage, FailureHandling handling) {
    return new Rig(config -> config.withOnFailure(stage, handling));
  }

  private static FailureHandling retrying(int attempts) {
    return FailureHandling.stop().withRetries(attempts, SECOND);
  }

  private void attempt(String what, String value) {
    boolean fails = failures.merge(value, -1, Integer::sum) >= 0;
    log.add(what + " " + value + (fails ? " fails" : ""));
    if (fails) {
      throw new IllegalStateException(value);
    }
  }

  private ExecutionState handle(EventContext context, String value) {
    context.forward(new ProducerRecord<>("out", value.getBytes(UTF_8)));
    attempt("handle", value);
    return ExecutionState.COMPLETE;
  }

  private AsyncJobScheduler<String, String> scheduler(Rig rig) {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> attempt("process", value),
            this::finish,
            new SchedulerConfig(1, 100, 100));
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  private ExecutionState finish(
      EventContext context, String key, String value, @Nullable Exception failure)
      throws Exception {
    if (failure != null) {
      log.add("given " + failure.getMessage());
      throw failure;
    }
    attempt("finish", "f" + value);
    return ExecutionState.COMPLETE;
  }

  @Test
  void waitsLongerEachTimeAndSendsOnlyWhatTheSuccessfulAttemptForwarded() {
    failures.put("a", 2);
    Rig rig = rig(FailureStage.HANDLER, retrying(3)).handling(this::handle).start(0);

    rig.deliver(0, "a");
    rig.advance(Duration.ofMillis(999));
    assertThat(log).containsExactly("handle a fails");
    rig.advance(Duration.ofMillis(1));
    assertThat(log).hasSize(2);
    rig.advance(Duration.ofMillis(1999));
    assertThat(log).hasSize(2);
    rig.advance(Duration.ofMillis(1));

    assertThat(log).containsExactly("handle a fails", "handle a fails", "handle a");
    assertThat(rig.heard).contains("retrying in-0 0 HANDLER PT1S", "retrying in-0 0 HANDLER PT2S");
    assertThat(rig.producer.history()).hasSize(1);
    rig.producer.completeNext();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void keepsLaterRecordsOfThePartitionBehindAHandlerThatIsTriedAgain() {
    failures.put("a", 1);
    Rig rig = rig(FailureStage.HANDLER, retrying(2)).handling(this::handle).start(0, 1);

    rig.deliver(0, "a", "b");
    rig.deliverTo(1, 0, "c");
    assertThat(log).containsExactly("handle a fails", "handle c");
    rig.advance(SECOND);

    assertThat(log).containsExactly("handle a fails", "handle c", "handle a", "handle b");
  }

  @Test
  void stopsWhenTheLastAttemptHasFailed() {
    failures.put("b", 9);
    Rig rig = rig(FailureStage.HANDLER, retrying(3));
    rig.handling(
        (context, value) -> {
          attempt("handle", value);
          return ExecutionState.COMPLETE;
        });
    rig.start(0).deliver(0, "a", "b", "c");
    rig.advance(Duration.ofSeconds(4));

    assertThat(log)
        .containsExactly("handle a", "handle b fails", "handle b fails", "handle b fails");
    assertThat(rig.source.failure().orElseThrow()).hasMessageStartingWith("handler of in-0@1");
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
  }

  @Test
  void decodesAgain() {
    failures.put("a", 1);
    Rig rig = rig(FailureStage.DECODE, retrying(2));
    rig.source.registerDefault(
        record -> {
          attempt("decode", Rig.text(record));
          return Rig.text(record);
        },
        (context, value) -> ExecutionState.COMPLETE);
    rig.start(0).deliver(0, "a");
    rig.advance(Duration.ofSeconds(3));

    assertThat(log).containsExactly("decode a fails", "decode a");
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void keepsTheKeyOfAFailedJobAndGivesItsSlotToOthers() {
    failures.put("a1", 1);
    Rig rig = rig(FailureStage.PROCESSOR, FailureHandling.toFinalizer().withRetries(2, SECOND));
    AsyncJobScheduler<String, String> scheduler = scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2", "b1");

    assertThat(log).containsExactly("process a1 fails", "process b1", "finish fb1");
    assertThat(scheduler.activeKeys()).isEqualTo(1);
    rig.advance(SECOND);

    assertThat(log)
        .containsExactly(
            "process a1 fails",
            "process b1",
            "finish fb1",
            "process a1",
            "process a2",
            "finish fa1",
            "finish fa2");
    assertThat(scheduler.activeKeys()).isZero();
  }

  @Test
  void givesTheLastFailureOfAProcessorToTheFinalizerWhichIsNotTriedAgainIfItThrowsIt() {
    failures.put("a1", 9);
    Rig rig =
        new Rig(
            config ->
                config
                    .withOnFailure(
                        FailureStage.PROCESSOR,
                        FailureHandling.toFinalizer().withRetries(2, SECOND))
                    .withOnFailure(
                        FailureStage.FINALIZER, FailureHandling.skip().withRetries(5, SECOND)));
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2");
    rig.advance(SECOND);

    assertThat(log)
        .containsExactly(
            "process a1 fails", "process a1 fails", "given a1", "process a2", "finish fa2");
    assertThat(rig.heard).contains("skipped in-0 0");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void keepsFinalizersOfAKeyBehindOneThatIsTriedAgain() {
    failures.put("fa1", 1);
    failures.put("fa2", 1);
    Rig rig = rig(FailureStage.FINALIZER, retrying(2));
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "b1", "a2", "a3");

    assertThat(log.stream().filter(line -> line.startsWith("finish")))
        .containsExactly("finish fa1 fails", "finish fb1");
    rig.advance(SECOND);
    assertThat(log.stream().filter(line -> line.startsWith("finish")))
        .containsExactly("finish fa1 fails", "finish fb1", "finish fa1", "finish fa2 fails");
    rig.advance(SECOND);
    assertThat(log).endsWith("finish fa2", "finish fa3");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(4);
  }

  @Test
  void skipsAProcessorsFailureWithoutAskingTheFinalizer() {
    failures.put("a1", 9);
    Rig rig = rig(FailureStage.PROCESSOR, FailureHandling.skip());
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2");
    rig.commit();

    assertThat(log).containsExactly("process a1 fails", "process a2", "finish fa2");
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void finishesTheRetriesOfWhatHasStartedBeforeItGivesAPartitionBack() {
    failures.put("a1", 1);
    Rig rig = rig(FailureStage.PROCESSOR, FailureHandling.toFinalizer().withRetries(2, SECOND));
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2");

    rig.revoke(0);
    assertThat(rig.consumer.isRebalancing()).isTrue();
    rig.advance(SECOND);

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(log).containsExactly("process a1 fails", "process a1", "finish fa1");
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void letsGoOfAKeyThatWaitsForAnAttemptWhenItsPartitionIsLost() {
    failures.put("a1", 1);
    Rig rig =
        rig(
            FailureStage.PROCESSOR,
            FailureHandling.toFinalizer().withRetries(2, Duration.ofHours(1)));
    AsyncJobScheduler<String, String> scheduler = scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2");

    rig.lose();
    assertThat(scheduler.activeKeys()).isZero();
    rig.assign(0);
    rig.deliver(0, "a1");

    assertThat(log).containsExactly("process a1 fails", "process a1", "finish fa1");
  }

  @Test
  void dropsAHandlersRetryWhenThePartitionIsRevoked() {
    failures.put("a", 1);
    Rig rig = rig(FailureStage.HANDLER, retrying(2)).handling(this::handle).start(0);
    rig.deliver(0, "a", "b");

    rig.revoke(0);

    assertThat(rig.consumer.isRebalancing()).isFalse();
    rig.advance(Duration.ofSeconds(2));
    assertThat(log).containsExactly("handle a fails");
    assertThat(rig.consumer.commits).isEmpty();
  }

  @Test
  void sendsAgainWhatTheProducerGaveUp() {
    Rig rig = rig(FailureStage.PRODUCE, retrying(2)).handling(this::handle).start(0);
    rig.deliver(0, "a");
    rig.producer.errorNext(new TimeoutException("slow"));
    rig.baton.settle();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(-1);

    assertThat(rig.producer.history()).hasSize(2);
    rig.producer.completeNext();
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void variesTheTimeByTheChanceThatIsHandedIn() {
    FailureHandling handling = FailureHandling.stop().withRetries(9, SECOND).withJitter(0.5);

    assertThat(handling.backoffNanos(1, 0)).isEqualTo(SECOND.toNanos() / 2);
    assertThat(handling.backoffNanos(2, 0.5)).isEqualTo(2 * SECOND.toNanos());
    assertThat(handling.backoffNanos(3, 0.999999))
        .isBetween(5 * SECOND.toNanos(), 6 * SECOND.toNanos());
    assertThat(handling.withMaxBackoff(SECOND).backoffNanos(5000, 0.5)).isEqualTo(SECOND.toNanos());
  }
}
