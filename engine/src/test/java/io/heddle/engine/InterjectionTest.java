package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class InterjectionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<String> log = new ArrayList<>();
  private final List<EventContext> contexts = new ArrayList<>();

  private ExecutionState handle(EventContext context, String value) {
    log.add(value);
    return ExecutionState.COMPLETE;
  }

  private ExecutionState interject(EventContext context, Instant when) {
    log.add("interjection " + context.topicPartition().partition());
    contexts.add(context);
    return ExecutionState.COMPLETE;
  }

  private ExecutionState interjectLater(EventContext context, Instant when) {
    ExecutionState unused = interject(context, when);
    return ExecutionState.INCOMPLETE;
  }

  private void complete(Rig rig, int context) {
    contexts.get(context).asyncJobComplete(() -> ExecutionState.COMPLETE);
    rig.baton.settle();
  }

  private static void assertDropped(CompletableFuture<Void> future) {
    assertThatThrownBy(future::join).hasCauseInstanceOf(InterjectionDroppedException.class);
  }

  @Test
  void comesAgainAndAgainOnEachPartitionFromItsAssignmentOn() {
    Rig rig = new Rig().handling(this::handle);
    rig.source.scheduleInterjection(this::interject, MINUTE, Duration.ZERO);
    rig.start(0);
    rig.advance(Duration.ofSeconds(30));
    rig.assign(1);
    rig.advance(Duration.ofSeconds(90));

    assertThat(log).containsExactly("interjection 0", "interjection 1", "interjection 0");
  }

  @Test
  void comesAgainAfterAnAsynchronousReturnOnceThatHasEnded() {
    Rig rig = new Rig().handling(this::handle);
    rig.source.scheduleInterjection(this::interjectLater, MINUTE, Duration.ZERO);
    rig.start(0);
    rig.advance(MINUTE.multipliedBy(5));
    assertThat(log).hasSize(1);

    complete(rig, 0);
    rig.advance(MINUTE);
    assertThat(log).hasSize(2);
    complete(rig, 1);
    rig.advance(MINUTE);
    assertThat(log).hasSize(3);
  }

  @Test
  void comesAgainAfterAFailureThatIsSkipped() {
    Rig rig =
        new Rig(c -> c.withOnFailure(FailureStage.HANDLER, FailureHandling.deadLetter("dead")))
            .handling(this::handle);
    rig.source.scheduleInterjection(
        (context, when) -> {
          ExecutionState unused = interject(context, when);
          throw new IllegalStateException("no");
        },
        MINUTE,
        Duration.ZERO);
    rig.start(0);
    rig.advance(MINUTE.multipliedBy(2));

    assertThat(log).hasSize(2);
    assertThat(rig.heard).contains("skipped in-0 -1");
    assertThat(rig.producer.history()).isEmpty();
  }

  @Test
  void doesNotComeAgainOnceItsPartitionIsGone() {
    Rig rig = new Rig().handling(this::handle);
    rig.source.scheduleInterjection(this::interject, MINUTE, Duration.ZERO);
    rig.start(0);
    rig.revoke(0);
    rig.advance(MINUTE.multipliedBy(3));
    assertThat(log).isEmpty();
    rig.assign(0);
    rig.advance(MINUTE);

    assertThat(log).containsExactly("interjection 0");
  }

  @Test
  void variesItsTimeByTheChanceThatIsHandedIn() {
    Interjections.Schedule schedule =
        new Interjections.Schedule(this::interject, MINUTE, Duration.ofSeconds(6));

    assertThat(schedule.delayNanos(0)).isEqualTo(Duration.ofSeconds(54).toNanos());
    assertThat(schedule.delayNanos(0.5)).isEqualTo(MINUTE.toNanos());
  }

  @Test
  void takesItsPlaceBehindTheRecordsPolledBefore() {
    Rig rig =
        new Rig(
                config ->
                    config.withOnFailure(
                        FailureStage.HANDLER, FailureHandling.stop().withRetries(2, MINUTE)))
            .handling(
                (context, value) -> {
                  log.add(value);
                  if (value.equals("a") && log.size() == 1) {
                    throw new IllegalStateException("later");
                  }
                  return ExecutionState.COMPLETE;
                })
            .start(0);
    rig.deliver(0, "a", "b");
    CompletableFuture<Void> done = rig.source.interject(Rig.partition(0), this::interject);
    rig.deliver(2, "c");
    rig.advance(MINUTE);

    assertThat(log).containsExactly("a", "a", "b", "interjection 0", "c");
    assertThat(done).isCompleted();
  }

  @Test
  void isAnEventWithoutAnInputThatCanDoAllThatOthersCan() {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> log.add("process " + value),
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            SchedulerConfig.compute(1));
    rig.handling(this::handle).start(0);
    CompletableFuture<Void> done =
        rig.source.interject(
            Rig.partition(0),
            (context, when) -> {
              contexts.add(context);
              context.forward(new ProducerRecord<>("out", "x".getBytes(UTF_8)));
              return scheduler.schedule(context, "k", "v");
            });
    rig.baton.settle();

    EventContext context = contexts.get(0);
    assertThat(context.isInterjection()).isTrue();
    assertThat(context.offset()).isEqualTo(-1);
    assertThatThrownBy(context::input).hasMessage("an interjection of in-0 has no input");
    assertThat(log).containsExactly("process v");
    assertThat(done).isNotDone();
    rig.producer.completeNext();
    rig.baton.settle();
    assertThat(done).isCompleted();
  }

  @Test
  void holdsBackTheCommitOfWhatComesBehindItWithoutAnOffsetOfItsOwn() {
    Rig rig = new Rig().handling(this::handle).start(0);
    rig.deliver(0, "a");
    CompletableFuture<Void> done = rig.source.interject(Rig.partition(0), this::interjectLater);
    rig.deliver(1, "b");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.commitBlockers().get(0).offset()).isEqualTo(-1);

    complete(rig, 0);
    rig.commit();
    assertThat(done).isCompleted();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void runsWhileItsPartitionIsPausedSoThatItCannotDeadlock() {
    Rig rig = new Rig(config -> config.withMaxInFlightPerPartition(1));
    rig.handling(
        (context, value) -> {
          contexts.add(context);
          return ExecutionState.INCOMPLETE;
        });
    rig.start(0).deliver(0, "a");
    assertThat(rig.source.paused()).isNotEmpty();
    CompletableFuture<Void> done =
        rig.source.interject(
            Rig.partition(0),
            (context, when) -> {
              contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE);
              return ExecutionState.COMPLETE;
            });
    rig.baton.settle();

    assertThat(done).isCompleted();
    assertThat(rig.source.paused()).isEmpty();
  }

  @Test
  void runsOnAllPartitionsThatAreOwned() {
    Rig rig = new Rig().handling(this::handle).start(0, 1);

    CompletableFuture<Void> done = rig.source.interjectAll(this::interject);
    rig.baton.settle();

    assertThat(log).containsExactly("interjection 0", "interjection 1");
    assertThat(done).isCompleted();
  }

  @Test
  void alwaysCompletesItsFuture() {
    Rig rig = new Rig(c -> c.withDrainTimeout(Duration.ofSeconds(1))).handling(this::handle);
    assertDropped(rig.source.interject(Rig.partition(0), this::interject));
    rig.start(0, 1);
    assertDropped(rig.source.interject(Rig.partition(7), this::interject));
    CompletableFuture<Void> revoked = rig.source.interject(Rig.partition(0), this::interjectLater);
    CompletableFuture<Void> lost = rig.source.interject(Rig.partition(1), this::interjectLater);
    rig.baton.settle();

    rig.revoke(0);
    rig.advance(Duration.ofSeconds(1));
    assertDropped(revoked);
    rig.lose();
    assertDropped(lost);
    rig.assign(2);
    CompletableFuture<Void> stopped = rig.source.interject(Rig.partition(2), this::interjectLater);
    rig.baton.settle();
    assertThat(stopped).isNotDone();
    rig.stop();
    rig.advance(Duration.ofSeconds(2));
    assertDropped(stopped);
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertDropped(rig.source.interject(Rig.partition(2), this::interject));
  }

  @Test
  void canBeAskedForOnlyOnceTheListenerHasHeardOfThePartition() {
    Rig rig = new Rig().handling(this::handle);
    List<Boolean> heard = new ArrayList<>();
    rig.consumer.whenAskedForCommitted =
        () -> {
          CompletableFuture<Void> asked = rig.source.interject(Rig.partition(0), this::interject);
          heard.add(asked.isDone() || rig.heard.contains("assigned [in-0]"));
        };
    rig.start(0);

    assertThat(heard).containsExactly(true);
    assertThat(log).containsExactly("interjection 0");
  }

  @Test
  void tellsWhoWaitsThatItFailed() {
    Rig rig = new Rig().handling(this::handle).start(0);

    CompletableFuture<Void> failed =
        rig.source.interject(
            Rig.partition(0),
            (context, when) -> {
              throw new IllegalStateException("no");
            });
    rig.baton.settle();

    assertThatThrownBy(failed::join).hasRootCauseMessage("no");
    assertThat(rig.source.failure().orElseThrow())
        .hasMessageContaining("handler of in-0@-1 failed");
  }

  @Test
  void refusesTimesByName() {
    EventSource source = new Rig().source;

    assertThatThrownBy(
            () -> source.scheduleInterjection(this::interject, Duration.ZERO, Duration.ZERO))
        .hasMessage("every must be positive, was PT0S");
    assertThatThrownBy(
            () -> source.scheduleInterjection(this::interject, MINUTE, Duration.ofHours(1)))
        .hasMessage("jitter must be at most every (PT1M), was PT1H");
  }
}
