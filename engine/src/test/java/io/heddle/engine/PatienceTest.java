package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** What takes too long, or never ends. */
class PatienceTest {
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  /** The deadline, and what it may take to notice it. */
  private static final Duration NOTICED = Duration.ofSeconds(10);

  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();
  private final List<EventContext> contexts = new ArrayList<>();

  private static Rig underDeadline(FailureHandling handling) {
    return underDeadline(handling, config -> config);
  }

  private static Rig underDeadline(
      FailureHandling handling, UnaryOperator<EventSourceConfig> configure) {
    return new Rig(
        config ->
            configure.apply(
                config
                    .withPatience(config.patience().withJobDeadline(DEADLINE))
                    .withOnFailure(FailureStage.DEADLINE, handling)));
  }

  private static Rig givingUp(FailureHandling handling) {
    return new Rig(
        config ->
            config
                .withPatience(
                    config
                        .patience()
                        .withStuckAfter(Duration.ofSeconds(4))
                        .withGiveUpAfter(DEADLINE))
                .withOnFailure(FailureStage.STUCK, handling));
  }

  private AsyncJobScheduler<String, String> scheduler(Rig rig) {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              log.add("start " + value);
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              return call;
            },
            (context, key, value, failure) -> {
              log.add("finish " + value);
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(10, 100, 100));
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  private void naive(Rig rig) {
    rig.handling(
        (context, value) -> {
          contexts.add(context);
          return ExecutionState.INCOMPLETE;
        });
  }

  private void end(Rig rig, String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  @Test
  void skipsAnEventThatIsNeverCompleted() {
    Rig rig = underDeadline(FailureHandling.skip());
    naive(rig);
    rig.start(0).deliver(0, "a", "b");
    contexts.get(1).asyncJobComplete(() -> ExecutionState.COMPLETE);

    rig.advance(DEADLINE.minusMillis(1));
    assertThat(rig.heard).noneMatch(line -> line.startsWith("skipped"));
    rig.advance(NOTICED.minus(DEADLINE).plusMillis(1));

    assertThat(rig.heard).contains("skipped in-0 0").doesNotContain("skipped in-0 1");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
    assertThatThrownBy(() -> contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody waits for a completion of in-0@0: it is DONE");
  }

  @Test
  void stopsTheSourceAtADeadlineByDefault() {
    Rig rig = underDeadline(FailureHandling.stop());
    naive(rig);
    rig.start(0).deliver(0, "a", "b");
    contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE);

    rig.advance(NOTICED);

    assertThat(rig.source.failure().orElseThrow())
        .hasMessageStartingWith("deadline of in-0@1 failed")
        .hasMessageContaining("jobDeadline (PT8S)")
        .hasCauseInstanceOf(DeadlineExceededException.class);
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
  }

  @Test
  void makesADeadLetterOfAJobThatHangsAndKeepsItsKeyUntilItEnds() {
    Rig rig = underDeadline(FailureHandling.deadLetter("dead"));
    AsyncJobScheduler<String, String> scheduler = scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2", "b1");
    end(rig, "b1");

    rig.advance(NOTICED);
    assertThat(rig.heard).contains("deadLettered in-0 0 dead");
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : rig.producer.history().get(0).headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    assertThat(headers)
        .containsEntry("heddle.dead-letter.stage", "deadline")
        .containsEntry("heddle.dead-letter.offset", "0")
        .containsEntry("heddle.dead-letter.attempts", "1");
    rig.producer.completeNext();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
    // Its call may still be under way: the key's next job must not be beside it.
    assertThat(log).containsExactly("start a1", "start b1", "finish b1");
    end(rig, "a1");
    assertThat(log).endsWith("start a2").doesNotContain("finish a1");
    end(rig, "a2");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(3);
    assertThat(scheduler.activeKeys()).isZero();
  }

  @Test
  void givesEachAttemptAndEachStageItsOwnTime() {
    Rig rig =
        underDeadline(
            FailureHandling.skip(),
            config ->
                config.withOnFailure(
                    FailureStage.PROCESSOR,
                    FailureHandling.skip().withRetries(3, Duration.ofSeconds(1))));
    scheduler(rig);
    rig.start(0).deliver(0, "a1");

    rig.advance(DEADLINE.minusSeconds(1));
    CompletableFuture<Void> first = calls.remove("a1");
    first.completeExceptionally(new IllegalStateException("once"));
    rig.advance(DEADLINE);
    assertThat(log).containsExactly("start a1", "start a1");
    end(rig, "a1");

    assertThat(log).endsWith("finish a1");
    assertThat(rig.heard).noneMatch(line -> line.startsWith("skipped"));
  }

  @Test
  void waitsForAJobThatOutlivesItsEventBeforeItGivesThePartitionBack() {
    Rig rig = underDeadline(FailureHandling.skip());
    scheduler(rig);
    rig.start(0).deliver(0, "a1");
    rig.advance(NOTICED);
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);

    rig.revoke(0);
    assertThat(rig.consumer.isRebalancing()).isTrue();
    end(rig, "a1");

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.heard).endsWith("revoked [in-0]");
  }

  @Test
  void looksForDeadlinesAlsoWhileItDrains() {
    Rig rig =
        underDeadline(
            FailureHandling.skip(), config -> config.withDrainTimeout(Duration.ofMinutes(2)));
    naive(rig);
    rig.start(0).deliver(0, "a");
    rig.revoke(0);
    assertThat(rig.consumer.isRebalancing()).isTrue();

    rig.advance(NOTICED);

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void appliesTheDeadlineToBatches() {
    Rig rig = underDeadline(FailureHandling.skip());
    CompletableFuture<Void> call = new CompletableFuture<>();
    AsyncBatcher<String, String> batcher =
        AsyncBatcher.asynchronous(
            rig.source, items -> call, BatcherConfig.of(1, 1, Duration.ofMillis(1)));
    rig.handling(
        (context, value) ->
            batcher.add(
                new BatchItems<String, String>(
                        context,
                        value,
                        (c, items) -> {
                          log.add("callback");
                          return ExecutionState.COMPLETE;
                        })
                    .addOne(value)));
    rig.start(0).deliver(0, "a");

    rig.advance(NOTICED);
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
    call.complete(null);
    rig.baton.settle();

    assertThat(log).isEmpty();
    assertThat(batcher.activeKeys()).isZero();
  }

  @Test
  void reportsOnceWhatHoldsBackACommit() {
    Rig rig = new Rig();
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "b1");
    end(rig, "b1");

    rig.advance(Duration.ofSeconds(59));
    assertThat(rig.heard).noneMatch(line -> line.startsWith("stuck"));
    rig.advance(Duration.ofMinutes(5));

    assertThat(rig.heard.stream().filter(line -> line.startsWith("stuck"))).hasSize(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
    end(rig, "a1");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void givesUpAJobThatIsStuck() {
    Rig rig = givingUp(FailureHandling.deadLetter("dead"));
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "b1");
    end(rig, "b1");

    rig.advance(NOTICED);
    rig.producer.completeNext();
    rig.commit();

    assertThat(rig.heard).contains("stuck in-0 0 4", "deadLettered in-0 0 dead");
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void givesUpWhatWaitsBehindAStuckKeyInItsTurn() {
    Rig rig = givingUp(FailureHandling.skip());
    AsyncJobScheduler<String, String> scheduler = scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2", "b1");
    end(rig, "b1");

    rig.advance(NOTICED.multipliedBy(2));
    rig.commit();

    assertThat(rig.heard).contains("skipped in-0 0", "skipped in-0 1");
    assertThat(rig.committed(0)).isEqualTo(3);
    end(rig, "a1");
    assertThat(log).containsExactly("start a1", "start b1", "finish b1");
    assertThat(scheduler.activeKeys()).isZero();
  }

  @Test
  void givesUpAJobThatWaitsForItsNextAttemptAndLetsItsKeyGo() {
    Rig rig =
        new Rig(
            config ->
                config
                    .withPatience(config.patience().withStuckAfter(Duration.ofSeconds(4)))
                    .withPatience(
                        config
                            .patience()
                            .withStuckAfter(Duration.ofSeconds(4))
                            .withGiveUpAfter(DEADLINE))
                    .withOnFailure(FailureStage.STUCK, FailureHandling.skip())
                    .withOnFailure(
                        FailureStage.PROCESSOR,
                        FailureHandling.stop().withRetries(9, Duration.ofMinutes(1))));
    scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2");
    CompletableFuture<Void> first = calls.remove("a1");
    first.completeExceptionally(new IllegalStateException("down"));
    rig.baton.settle();
    assertThat(rig.source.commitBlockers()).extracting(CommitBlocker::attempts).containsExactly(1);

    rig.advance(NOTICED);
    assertThat(log).containsExactly("start a1", "start a2");
    end(rig, "a2");
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void givesUpAHandlerThatWaitsForItsNextAttemptAndGoesOnWithTheRest() {
    Rig rig =
        new Rig(
            config ->
                config
                    .withPatience(
                        config
                            .patience()
                            .withStuckAfter(Duration.ofSeconds(4))
                            .withGiveUpAfter(DEADLINE))
                    .withOnFailure(FailureStage.STUCK, FailureHandling.skip())
                    .withOnFailure(
                        FailureStage.HANDLER,
                        FailureHandling.stop().withRetries(9, Duration.ofMinutes(1))));
    rig.handling(
        (context, value) -> {
          if (value.equals("bad")) {
            throw new IllegalStateException(value);
          }
          return ExecutionState.COMPLETE;
        });
    rig.start(0).deliver(0, "bad", "b");

    rig.advance(NOTICED);
    rig.commit();

    assertThat(rig.heard).contains("skipped in-0 0");
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void failsWhenATopicIsMissing() {
    Rig rig = new Rig();
    rig.consumer.topics.clear();
    naive(rig);
    rig.start();

    rig.advance(Duration.ofSeconds(29));
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
    rig.advance(Duration.ofSeconds(2));

    assertThat(rig.source.failure().orElseThrow())
        .isInstanceOf(MissingTopicException.class)
        .hasMessage("topics must exist, 'in' did not within topicTimeout (PT30S) of the start");
    assertThat(rig.consumer.closed).isTrue();
  }

  @Test
  void missesNoTopicOfWhichItOnlyGotNothing() {
    Rig rig = new Rig();
    rig.consumer.topicFailures.add(new TimeoutException("no broker"));
    naive(rig);
    rig.start();

    rig.advance(Duration.ofMinutes(2));

    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
    assertThat(rig.consumer.topicsAsked).isEqualTo(1);
  }

  @Test
  void asksForNoTopicThatIsAssigned() {
    Rig rig = new Rig();
    naive(rig);
    rig.start(0);

    rig.advance(Duration.ofMinutes(2));

    assertThat(rig.consumer.topicsAsked).isZero();
  }
}
