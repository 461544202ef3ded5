package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ExactlyOnceFailuresTest {
  private static final ExactlyOnceConfig CONFIG = ExactlyOnceConfig.of("app", "m1");
  private static final Duration DELAY = CONFIG.batchDelay();

  private final ForwardingRig forwarding = new ForwardingRig(CONFIG);
  private final Rig rig = forwarding.rig;

  @Test
  void aCallWithoutAnAnswerIsMadeAgain() {
    rig.source.start();
    rig.baton.settle();
    rig.consumer.assign(Rig.partition(0));
    rig.transactions().offsetFailures.add(new TimeoutException("no answer"));
    rig.transactions().commitFailures.add(new TimeoutException("no answer"));
    rig.transactions().commitFailures.add(new TimeoutException("no answer"));
    rig.deliver(0, "a");
    rig.advance(DELAY);

    assertThat(rig.transactions().calls)
        .containsExactly("init", "offsets", "offsets", "commit", "commit", "commit");
    assertThat(forwarding.committed()).containsExactly(ForwardingRig.written(1, "a-made"));
  }

  @Test
  void anAbortDoesItAgainFromTheCommittedOffsetOn() {
    rig.start(0).deliver(0, "a");
    rig.advance(DELAY);
    rig.consumer.committed.put(Rig.partition(0), new OffsetAndMetadata(1));
    rig.transactions().offsetFailures.add(new CommitFailedException());
    rig.deliver(1, "b");
    rig.advance(DELAY);
    rig.advance(DELAY);

    assertThat(rig.heard).contains("aborted [in-0]");
    assertThat(rig.transactions().aborted).hasSize(1);
    assertThat(forwarding.committed())
        .containsExactly(ForwardingRig.written(1, "a-made"), ForwardingRig.written(2, "b-made"));
    assertThat(rig.consumer.left).isZero();
  }

  @Test
  void anAbortOfTheFirstTransactionGoesBackToWhereTheOwnershipBegan() {
    rig.start(0);
    rig.transactions().offsetFailures.add(new CommitFailedException());
    rig.deliver(5, "a", "b");
    rig.advance(DELAY);
    rig.advance(DELAY);

    assertThat(forwarding.committed())
        .containsExactly(ForwardingRig.written(7, "a-made", "b-made"));
  }

  private final List<String> started = new ArrayList<>();
  private final List<String> blocked = new ArrayList<>(List.of("slow"));

  /** Its first transaction is aborted while the job of a key runs. */
  private Rig thatLeavesAJobRunning() {
    Rig scheduling = new Rig(source -> source.withExactlyOnce(CONFIG));
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            scheduling.source,
            (key, value) -> {
              started.add(value);
              scheduling.block(() -> !blocked.contains(value));
              started.add(value + " ended");
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            SchedulerConfig.compute(4));
    scheduling.handling((context, value) -> scheduler.schedule(context, value, value)).start(0);
    scheduling.transactions().offsetFailures.add(new CommitFailedException());
    scheduling.deliver(0, "a", "slow");
    scheduling.advance(DELAY);
    assertThat(scheduling.heard).contains("aborted [in-0]");
    return scheduling;
  }

  @Test
  void aKeyThatAnAbortLeftRunningIsNotStartedBesideItself() {
    Rig scheduling = thatLeavesAJobRunning();
    assertThat(started).containsExactly("a", "a ended", "slow", "a", "a ended");

    blocked.clear();
    scheduling.baton.settle();
    scheduling.advance(DELAY);

    assertThat(started).endsWith("slow ended", "slow", "slow ended");
    assertThat(scheduling.transactions().committed).last().isEqualTo(ForwardingRig.written(2));
  }

  @Test
  void aRevocationWaitsForWhatAnAbortLeftRunning() {
    Rig scheduling = thatLeavesAJobRunning();
    scheduling.consumer.revoke(Rig.partition(0));
    scheduling.baton.settle();
    assertThat(scheduling.consumer.isRebalancing()).isTrue();

    blocked.clear();
    scheduling.baton.settle();

    assertThat(scheduling.consumer.isRebalancing()).isFalse();
    assertThat(scheduling.heard).last().isEqualTo("revoked [in-0]");
    assertThat(started).endsWith("slow", "a", "a ended", "slow ended");
  }

  @Test
  void revokedIsSaidOnlyWhenWhatAnAbortLeftRunningHasEnded() {
    Rig scheduling = thatLeavesAJobRunning();
    scheduling.revoke(0);
    scheduling.advance(Duration.ofSeconds(45));
    assertThat(scheduling.consumer.isRebalancing()).isFalse();
    assertThat(scheduling.heard).doesNotContain("revoked [in-0]");

    blocked.clear();
    scheduling.baton.settle();

    assertThat(scheduling.heard).last().isEqualTo("revoked [in-0]");
  }

  @Test
  void aFencedProducerIsReplacedAndTheMemberJoinsAnew() {
    rig.start(0);
    FakeProducer first = rig.transactions();
    first.commitFailures.add(new ProducerFencedException("fenced"));
    rig.deliver(0, "a");
    rig.advance(DELAY);

    assertThat(first.closed()).isTrue();
    assertThat(rig.consumer.left).isOne();
    assertThat(rig.heard).contains("rejoining", "revoked [in-0]").doesNotContain("failed");
    rig.advance(Duration.ofMillis(100));
    rig.assign(0);
    rig.deliver(0, "a");
    rig.advance(DELAY);
    assertThat(rig.transactions()).isNotSameAs(first);
    assertThat(rig.transactions().id).isEqualTo("app-m1");
    assertThat(forwarding.committed())
        .containsExactly(
            new FakeProducer.Written(List.of("a-made"), Map.of(Rig.partition(0), 1L), 2));
  }

  @Test
  void aCommitThatFailsInWhateverWayIsNotDoneAgainButReadFromTheGroup() {
    rig.start(0);
    FakeProducer first = rig.transactions();
    first.commitFailures.add(new IllegalStateException("who knows"));
    rig.deliver(0, "a");
    rig.advance(DELAY);

    assertThat(first.calls).doesNotContain("abort");
    assertThat(rig.consumer.left).isOne();
  }

  @Test
  void twoThatFenceEachOtherDoItSlowerAndSlower() {
    rig.source.start();
    for (int i = 0; i < 3; i++) {
      rig.baton.settle();
      rig.transactions().initFailures.add(new ProducerFencedException("fenced"));
    }
    rig.advance(Duration.ofSeconds(1));
    // The first was asked before the test could say anything.
    assertThat(rig.transactionalProducers).hasSizeLessThan(8);
  }

  @Test
  void aRevocationThatRunsOutOfTimeAbortsAndRewindsTheOthers() {
    rig.start(0, 1);
    rig.transactions().holdCommits = true;
    rig.deliverTo(0, 0, "a");
    rig.advance(DELAY);
    rig.deliverTo(0, 1, "b");
    rig.deliverTo(1, 0, "c");
    rig.consumer.committed.put(Rig.partition(0), new OffsetAndMetadata(1));
    rig.revoke(0);
    rig.advance(Duration.ofSeconds(45));
    assertThat(rig.consumer.isRebalancing()).isFalse();

    rig.transactions().holdCommits = false;
    rig.baton.settle();
    rig.advance(Duration.ofSeconds(1));

    // The one under way had been vouched for in time; what came behind it had not.
    assertThat(forwarding.committed()).first().isEqualTo(ForwardingRig.written(1, "a-made"));
    assertThat(forwarding.committed().stream().flatMap(each -> each.values().stream()))
        .containsExactly("a-made", "c-made");
  }

  @Test
  void anAbortRewindsEveryPartitionThatIsInIt() {
    rig.start(0, 1);
    rig.transactions().offsetFailures.add(new CommitFailedException());
    rig.deliverTo(0, 0, "a");
    rig.deliverTo(1, 0, "b");
    rig.advance(DELAY);
    rig.advance(DELAY);

    assertThat(rig.transactions().aborted).hasSize(1);
    assertThat(forwarding.committed())
        .containsExactly(
            new FakeProducer.Written(
                List.of("a-made", "b-made"),
                Map.of(Rig.partition(0), 1L, Rig.partition(1), 1L),
                1));
  }

  @Test
  void aLossTakesTheOpenTransactionWithIt() {
    rig.start(0, 1);
    rig.deliverTo(0, 0, "a");
    rig.deliverTo(1, 0, "b");
    rig.lose();
    rig.advance(DELAY);
    rig.assign(1);
    rig.deliverTo(1, 0, "b");
    rig.advance(DELAY);

    assertThat(rig.transactions().aborted).hasSize(1);
    assertThat(forwarding.committed())
        .containsExactly(
            new FakeProducer.Written(List.of("b-made"), Map.of(Rig.partition(1), 1L), 1));
  }

  @Test
  void anEpochThatMovesWhileAnAssignmentIsToldOfIsNotVouchedWith() {
    rig.consumer.whenAskedForCommitted = () -> rig.consumer.generation = 2;
    rig.start(0).deliver(0, "a");
    rig.advance(DELAY);
    rig.deliver(1, "b");
    rig.advance(DELAY);

    assertThat(forwarding.committed()).extracting(FakeProducer.Written::generation).containsOnly(1);
    // The next assignment is made for what the member owns now.
    rig.consumer.whenAskedForCommitted = () -> {};
    rig.assign(1);
    rig.deliver(2, "c");
    rig.advance(DELAY);
    assertThat(forwarding.committed())
        .extracting(FakeProducer.Written::generation)
        .containsExactly(1, 1, 2);
  }

  @Test
  void whoIsRefusedWithTheEpochOfAnAssignmentThatWasOvertakenJoinsAnew() {
    rig.consumer.whenAskedForCommitted = () -> rig.consumer.generation = 2;
    rig.start(0);
    rig.transactions().offsetFailures.add(new CommitFailedException());
    rig.deliver(0, "a");
    rig.advance(DELAY);

    assertThat(forwarding.committed()).isEmpty();
    assertThat(rig.heard).contains("aborted [in-0]", "rejoining");
    assertThat(rig.consumer.left).isEqualTo(1);
    rig.consumer.whenAskedForCommitted = () -> {};
    rig.assign(0);
    rig.deliver(0, "a");
    rig.advance(DELAY);
    assertThat(forwarding.committed())
        .containsExactly(
            new FakeProducer.Written(List.of("a-made"), Map.of(Rig.partition(0), 1L), 3));
  }

  @Test
  void aSendThatRanOutOfTimeIsDoneAgain() {
    rig.start(0);
    rig.transactions().sendFailures.add(new TimeoutException("too late"));
    rig.deliver(0, "a", "b");
    rig.advance(DELAY);
    rig.advance(DELAY);

    assertThat(forwarding.committed())
        .containsExactly(ForwardingRig.written(2, "a-made", "b-made"));
  }

  @Test
  void aRecordThatCanNeverBeWrittenStopsTheSource() {
    rig.start(0);
    rig.transactions().sendFailures.add(new RecordTooLargeException("too large"));
    rig.deliver(0, "a");
    rig.advance(DELAY);

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.source.failure().orElseThrow())
        .isInstanceOf(EventFailedException.class)
        .hasMessageStartingWith("output of in-0@0 failed")
        .hasCauseInstanceOf(RecordTooLargeException.class);
    assertThat(rig.transactions().committed).isEmpty();
    assertThat(rig.transactions().aborted).hasSize(1);
  }

  @Test
  void aGroupThatVouchesForNobodyIsNotBelieved() {
    rig.consumer.generation = -1;
    rig.start(0).deliver(0, "a");
    rig.advance(DELAY);

    assertThat(forwarding.committed()).isEmpty();
    assertThat(rig.transactions().aborted).isNotEmpty();
  }
}
