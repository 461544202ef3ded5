package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {
  private static final ExactlyOnceConfig CONFIG = ExactlyOnceConfig.of("app", "m1");
  private static final Duration DELAY = CONFIG.batchDelay();

  private final ForwardingRig forwarding = new ForwardingRig(CONFIG);
  private final Rig rig = forwarding.rig;

  @Test
  void aTransactionHoldsWhatThePrefixMadeAndItsOffset() {
    rig.start(0).deliver(0, "a", "b");
    assertThat(forwarding.committed()).isEmpty();

    rig.advance(DELAY);

    assertThat(rig.transactions().id).isEqualTo("app-m1");
    assertThat(forwarding.committed())
        .containsExactly(ForwardingRig.written(2, "a-made", "b-made"));
    assertThat(rig.consumer.commits).isEmpty();
    assertThat(rig.heard).doesNotContain("failed");
  }

  @Test
  void whatLiesBehindAGapWaitsAndThenComesInMakingOrder() {
    rig.start(0).deliver(0, "slow", "b", "c");
    rig.advance(DELAY);
    assertThat(rig.transactions().calls).containsExactly("init");

    forwarding.finish("slow");
    rig.advance(DELAY);

    assertThat(forwarding.committed())
        .containsExactly(
            ForwardingRig.written(3, "slow-made", "b-made", "c-made", "slow-finished"));
  }

  @Test
  void workGoesOnWhileATransactionIsCommitted() {
    rig.start(0);
    rig.transactions().holdCommits = true;
    rig.deliver(0, "a");
    rig.advance(DELAY);
    rig.deliver(1, "b", "c");
    rig.advance(DELAY);
    assertThat(forwarding.committed()).isEmpty();

    rig.transactions().holdCommits = false;
    rig.baton.settle();
    rig.advance(DELAY);

    assertThat(forwarding.committed())
        .containsExactly(
            ForwardingRig.written(1, "a-made"), ForwardingRig.written(3, "b-made", "c-made"));
  }

  @Test
  void isCommittedAtOnceWhenItIsLargeEnough() {
    Rig small = new ForwardingRig(CONFIG.withSizes(4, 10)).rig.start(0);

    small.deliver(0, "a", "b");

    assertThat(small.transactions().committed)
        .containsExactly(ForwardingRig.written(2, "a-made", "b-made"));
  }

  @Test
  void intakeStopsWhenTooMuchIsNotCommitted() {
    Rig small = new ForwardingRig(CONFIG.withSizes(2, 4)).rig.start(0);
    small.transactions().holdCommits = true;
    small.deliver(0, "a");
    small.deliver(1, "b", "c");
    // The poll thread looks before its next poll.
    small.advance(Duration.ofMillis(100));

    assertThat(small.source.paused()).containsValue(PauseReason.TRANSACTION);
    small.transactions().holdCommits = false;
    small.baton.settle();
    small.advance(Duration.ofSeconds(1));
    assertThat(small.source.paused()).isEmpty();
    small.deliver(3, "d");
    small.advance(DELAY);
    assertThat(small.transactions().committed).last().isEqualTo(ForwardingRig.written(4, "d-made"));
  }

  @Test
  void aRevocationCommitsWhatIsComplete() {
    rig.start(0).deliver(0, "a", "slow", "c");
    rig.consumer.revoke(Rig.partition(0));
    rig.baton.settle();
    forwarding.finish("slow");

    assertThat(forwarding.committed())
        .containsExactly(
            ForwardingRig.written(3, "a-made", "slow-made", "c-made", "slow-finished"));
    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.heard).endsWith("willRevoke [in-0]", "committed in-0 3", "revoked [in-0]");
  }

  @Test
  void interjectionsAreFencedByTheOffsetThatThePartitionIsAt() {
    rig.start(0);
    var done =
        rig.source.interject(
            Rig.partition(0),
            (context, when) -> {
              context.forward(ForwardingRig.output("interjected"));
              return ExecutionState.COMPLETE;
            });
    rig.baton.settle();
    rig.advance(DELAY);

    assertThat(done).isCompleted();
    assertThat(forwarding.committed()).containsExactly(ForwardingRig.written(0, "interjected"));
  }

  @Test
  void anInterjectionBehindAGapWaitsForIt() {
    rig.start(0).deliver(0, "slow");
    var unused =
        rig.source.interject(
            Rig.partition(0),
            (context, when) -> {
              context.forward(ForwardingRig.output("interjected"));
              return ExecutionState.COMPLETE;
            });
    rig.baton.settle();
    rig.advance(DELAY);
    assertThat(forwarding.committed()).isEmpty();

    forwarding.finish("slow");
    rig.advance(DELAY);
    assertThat(forwarding.committed())
        .containsExactly(ForwardingRig.written(1, "slow-made", "interjected", "slow-finished"));
  }

  @Test
  void stoppingCommitsWhatIsCompleteAndClosesTheProducer() {
    rig.start(0).deliver(0, "a");
    rig.stop();

    assertThat(forwarding.committed()).containsExactly(ForwardingRig.written(1, "a-made"));
    assertThat(rig.transactions().closed()).isTrue();
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.baton.alive()).isZero();
  }

  @Test
  void stoppingNowRollsBackWhatIsNotCommitted() {
    rig.start(0).deliver(0, "a");
    var unused = rig.source.stopNow();
    rig.baton.settle();

    assertThat(forwarding.committed()).isEmpty();
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.baton.alive()).isZero();
  }

  @Test
  void refusesSettingsByName() {
    assertThatThrownBy(() -> ExactlyOnceConfig.of(" ", "m1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("idPrefix must not be blank, was ' '");
    assertThatThrownBy(() -> ExactlyOnceConfig.of("app", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("member must not be blank, was ''");
    assertThatThrownBy(() -> CONFIG.withBatchDelay(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batchDelay must be positive, was PT0S");
    assertThatThrownBy(() -> CONFIG.withSizes(10, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxSize must be at least targetSize (10), was 9");
    assertThatThrownBy(
            () ->
                EventSourceConfig.of("in")
                    .withExactlyOnce(CONFIG)
                    .withOnFailure(FailureStage.PRODUCE, FailureHandling.skip()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "onFailure must be STOP at the first attempt for PRODUCE under exactlyOnce,"
                + " was SKIP after 1");
  }

  @Test
  void scheduledInterjectionsWaitLikeIntakeWhenTooMuchIsNotCommitted() {
    ForwardingRig small = new ForwardingRig(CONFIG.withSizes(2, 4));
    AtomicInteger runs = new AtomicInteger();
    small.rig.source.scheduleInterjection(
        (context, when) -> {
          runs.incrementAndGet();
          return ExecutionState.COMPLETE;
        },
        Duration.ofMillis(5),
        Duration.ZERO);
    small.rig.start(0);
    small.rig.transactions().holdCommits = true;
    small.rig.advance(Duration.ofMillis(500));

    int held = runs.get();
    assertThat(held).isBetween(4, 10);
    small.rig.transactions().holdCommits = false;
    small.rig.baton.settle();
    small.rig.advance(Duration.ofMillis(500));
    assertThat(runs.get()).isGreaterThan(held + 20);
    small.rig.deliver(0, "a");
    small.rig.advance(DELAY);
    assertThat(small.rig.transactions().committed)
        .anySatisfy(written -> assertThat(written.values()).containsExactly("a-made"));
  }
}
