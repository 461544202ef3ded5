package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.Test;

class CommitTest {
  private final List<EventContext> contexts = new ArrayList<>();
  private final Rig rig = new Rig();

  CommitTest() {
    rig.handling(
        (context, event) -> {
          contexts.add(context);
          return ExecutionState.INCOMPLETE;
        });
  }

  private void complete(int index) {
    contexts.get(index).asyncJobComplete(() -> ExecutionState.COMPLETE);
    rig.baton.settle();
  }

  @Test
  void commitsOnlyTheContiguousPrefixWithItsLeaderEpoch() {
    rig.start(0).deliver(10, "a", "b", "c");

    complete(2);
    complete(0);
    rig.commit();
    OffsetAndMetadata committed =
        Optional.ofNullable(rig.consumer.committed.get(Rig.partition(0))).orElseThrow();
    assertThat(committed.offset()).isEqualTo(11);
    assertThat(committed.leaderEpoch()).contains(Rig.EPOCH);
    complete(1);
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(13);
  }

  @Test
  void followsThePollPositionBehindTheLastRecord() {
    rig.start(0);
    rig.consumer.positions.put(Rig.partition(0), new OffsetAndMetadata(14, Optional.of(8), ""));
    rig.deliver(10, "a");

    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(-1);
    complete(0);
    rig.commit();
    assertThat(rig.consumer.committed)
        .containsEntry(Rig.partition(0), new OffsetAndMetadata(14, Optional.of(8), ""));
  }

  @Test
  void doesNotCommitTheSameTwice() {
    rig.start(0).deliver(0, "a");
    complete(0);

    rig.commit();
    rig.commit();

    assertThat(rig.consumer.commits).hasSize(1);
    assertThat(rig.heard).contains("committed in-0 1");
  }

  @Test
  void countsACommitOnlyOnceItIsAcknowledged() {
    rig.consumer.holdAsyncCommits = true;
    rig.start(0).deliver(0, "a");
    complete(0);
    rig.commit();

    assertThat(rig.heard).doesNotContain("committed in-0 1");
    rig.consumer.holdAsyncCommits = false;
    rig.commit();
    assertThat(rig.heard).contains("committed in-0 1");
  }

  @Test
  void makesACommitAgainThatFailed() {
    rig.consumer.commitFailures.add(new RetriableCommitFailedException("not now"));
    rig.start(0).deliver(0, "a");
    complete(0);

    rig.advance(Duration.ofSeconds(1));
    assertThat(rig.heard).endsWith("commitFailed 1");
    assertThat(rig.committed(0)).isEqualTo(-1);
    rig.advance(Duration.ofMillis(200));

    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
  }

  @Test
  void repeatsItsLastCommitForAsLongAsOneWithoutAnAnswerMayStillBeApplied() {
    rig.consumer.commitFailures.add(new RetriableCommitFailedException("timed out"));
    rig.start(0).deliver(0, "a", "b");
    complete(0);
    rig.commit();
    complete(1);
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);

    rig.consumer.committed.put(Rig.partition(0), new OffsetAndMetadata(1));
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);

    rig.consumer.committed.put(Rig.partition(0), new OffsetAndMetadata(1));
    rig.revoke(0);
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void repeatsNoCommitOnceNoneCanStillBeOnItsWay() {
    rig.consumer.commitFailures.add(new RetriableCommitFailedException("timed out"));
    rig.start(0).deliver(0, "a");
    complete(0);
    rig.advance(Duration.ofMinutes(11));
    int commits = rig.consumer.commits.size();
    assertThat(commits).isGreaterThan(1);

    rig.advance(Duration.ofMinutes(1));
    rig.revoke(0);

    assertThat(rig.consumer.commits).hasSize(commits);
  }

  @Test
  void backsOffFromCommitsThatFailAndStopsAfterAsManyAsThePolicySays() {
    Rig failing =
        new Rig(
            config ->
                config
                    .withCommitInterval(Duration.ofSeconds(60))
                    .withOnFailure(
                        FailureStage.COMMIT,
                        FailureHandling.stop()
                            .withRetries(3, Duration.ofSeconds(1))
                            .withJitter(0)));
    failing.handling((context, event) -> ExecutionState.COMPLETE);
    for (int i = 0; i < 3; i++) {
      failing.consumer.commitFailures.add(new RetriableCommitFailedException("not now"));
    }
    failing.start(0).deliver(0, "a");

    failing.advance(Duration.ofMillis(60_100));
    assertThat(failing.heard).contains("commitFailed 1").doesNotContain("commitFailed 2");
    failing.advance(Duration.ofMillis(1_100));
    assertThat(failing.heard).contains("commitFailed 2");
    failing.advance(Duration.ofMillis(1_700));
    assertThat(failing.source.state()).isEqualTo(SourceState.RUNNING);
    failing.advance(Duration.ofMillis(500));

    assertThat(failing.source.failure()).containsInstanceOf(RetriableCommitFailedException.class);
    // The last one, on close, is made all the same.
    assertThat(failing.committed(0)).isEqualTo(1);
  }

  @Test
  void countsFailedCommitsFromTheLastOneThatSucceeded() {
    for (int i = 0; i < 30; i++) {
      rig.consumer.commitFailures.add(new RetriableCommitFailedException("not now"));
    }
    rig.start(0).deliver(0, "a");
    complete(0);
    rig.advance(Duration.ofMinutes(6));

    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.heard).contains("commitFailed 30", "committed in-0 1");
    rig.consumer.commitFailures.add(new RetriableCommitFailedException("not now"));
    rig.deliver(1, "b");
    complete(1);
    rig.commit();
    assertThat(rig.heard).containsSequence("commitFailed 1", "committed in-0 2");
  }

  @Test
  void leavesItToTheNextPollToSayThatTheGroupHasMovedOn() {
    rig.consumer.commitFailures.add(new CommitFailedException());
    rig.start(0).deliver(0, "a");
    complete(0);

    rig.commit();

    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
  }

  @Test
  void failsIfItMayNotCommit() {
    rig.consumer.commitFailures.add(GroupAuthorizationException.forGroupId("g"));
    rig.start(0).deliver(0, "a");
    complete(0);

    rig.commit();

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.source.failure()).containsInstanceOf(GroupAuthorizationException.class);
    assertThat(rig.consumer.closed).isTrue();
  }

  @Test
  void repeatsASynchronousCommitThatALeftOverWakeUpEnds() {
    rig.start(0).deliver(0, "a");
    complete(0);
    rig.consumer.wakeBeforeNextCommit = true;

    rig.revoke(0);

    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
  }

  @Test
  void saysWhatBlocksTheCommit() {
    rig.start(0).deliver(10, "a", "b");
    complete(1);
    rig.advance(Duration.ofSeconds(3));

    assertThat(rig.source.commitBlockers())
        .containsExactly(
            new CommitBlocker(Rig.partition(0), 10, Optional.empty(), Duration.ofSeconds(3), 0));
    complete(0);
    assertThat(rig.source.commitBlockers()).isEmpty();
  }

  @Test
  void refusesASecondCompletionAndStaysWell() {
    rig.start(0).deliver(0, "a");
    contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE);

    assertThatThrownBy(() -> contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody waits for a completion of in-0@0: it is POSTED");
    rig.baton.settle();
    assertThatThrownBy(() -> contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE))
        .hasMessage("nobody waits for a completion of in-0@0: it is DONE");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
  }

  @Test
  void takesAnotherCompletionAfterAnIncompleteOne() {
    rig.start(0).deliver(0, "a");

    contexts.get(0).asyncJobComplete(() -> ExecutionState.INCOMPLETE);
    rig.baton.settle();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(-1);
    complete(0);
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void completesAnEventThatIsCompletedBeforeItsHandlerReturns() {
    Rig early =
        new Rig()
            .handling(
                (context, event) -> {
                  context.asyncJobComplete(() -> ExecutionState.COMPLETE);
                  return ExecutionState.INCOMPLETE;
                });
    early.start(0).deliver(0, "a", "b");

    early.commit();

    assertThat(early.committed(0)).isEqualTo(2);
  }
}
