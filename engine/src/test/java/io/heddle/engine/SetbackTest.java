package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** The consumer's position goes back, since the log was cut off or its topic made anew. */
class SetbackTest {
  private final Map<String, EventContext> contexts = new LinkedHashMap<>();
  private final Rig rig = new Rig();

  private Rig holding(Rig source) {
    return source.handling(
        (context, event) -> {
          contexts.put(event, context);
          return ExecutionState.INCOMPLETE;
        });
  }

  private void complete(String... events) {
    for (String event : events) {
      EventContext context = contexts.get(event);
      if (context == null) {
        throw new AssertionError(event + " has not come");
      }
      context.asyncJobComplete(() -> ExecutionState.COMPLETE);
    }
    rig.baton.settle();
  }

  private void setBack(long offset) {
    rig.consumer.setBack(Rig.partition(0), offset);
  }

  private List<Long> commits() {
    List<Long> offsets = new ArrayList<>();
    rig.consumer.commits.forEach(
        commit -> commit.values().forEach(offset -> offsets.add(offset.offset())));
    return offsets;
  }

  @Test
  void doesNotCommitBeyondWhereTheConsumerGoesOn() {
    holding(rig).start(0).deliver(30, "a", "b");
    complete("a", "b");

    setBack(0);
    rig.commit();

    assertThat(commits()).containsExactly(0L);
  }

  @Test
  void takesBackWhatWasCommittedBefore() {
    holding(rig).start(0).deliver(30, "a", "b");
    complete("a", "b");
    rig.commit();
    setBack(0);
    rig.deliver(0, "c");
    complete("c");
    rig.commit();

    assertThat(commits()).containsExactly(32L, 1L);
  }

  @Test
  void whatEndsLateIsOfTheLogAsItWas() {
    holding(rig).start(0).deliver(30, "a", "b");
    complete("a");
    rig.commit();
    setBack(0);
    rig.deliver(0, "c", "d");
    rig.commit();
    complete("b");
    rig.commit();
    assertThat(commits()).containsExactly(31L, 0L);

    complete("d", "c");
    rig.commit();
    assertThat(commits()).containsExactly(31L, 0L, 2L);
  }

  @Test
  void noticesItByTheRecordsIfTheNewLogIsLongerAlready() {
    holding(rig).start(0).deliver(2, "a", "b");
    complete("a");
    setBack(0);
    rig.deliver(0, "c", "d", "e", "f", "g");
    complete("b");
    rig.commit();
    assertThat(commits()).containsExactly(0L);

    complete("c", "d", "e", "f", "g");
    rig.commit();
    assertThat(commits()).containsExactly(0L, 5L);
  }

  @Test
  void keepsWhatLiesBelowTheCut() {
    holding(rig).start(0).deliver(15, "a", "b", "c");
    complete("b", "c");
    setBack(17);
    rig.deliver(17, "d");
    complete("d");
    rig.commit();
    assertThat(commits()).isEmpty();

    complete("a");
    rig.commit();
    assertThat(commits()).containsExactly(18L);
  }

  private OffsetAndMetadata lastCommit() {
    var commits = rig.consumer.commits;
    return commits.get(commits.size() - 1).values().iterator().next();
  }

  private static OffsetAndMetadata withEpoch(long offset, int epoch) {
    return new OffsetAndMetadata(offset, Optional.of(epoch), "");
  }

  private void commitsWith(int epoch, long offset) {
    rig.consumer.committed.put(Rig.partition(0), withEpoch(offset, epoch));
  }

  @Test
  void commitsTheCutWithTheEpochOfWhatLiesBelowIt() {
    holding(rig).start(0).deliver(15, "a", "b", "c");
    complete("a", "b", "c");
    setBack(17);
    rig.commit();

    assertThat(lastCommit()).isEqualTo(withEpoch(17, Rig.EPOCH));
  }

  @Test
  void commitsTheCutWithTheEpochOfWhatLiesBelowItWhileSomethingIsUnderWay() {
    holding(rig).start(0).deliver(15, "a", "b", "c", "d");
    complete("a", "b", "c");
    setBack(17);
    rig.commit();

    assertThat(lastCommit()).isEqualTo(withEpoch(17, Rig.EPOCH));
  }

  @Test
  void knowsTheEpochOfWhatWasCommittedWhereNothingWasReadBelowTheCut() {
    commitsWith(3, 15);
    holding(rig).start(0).deliver(15, "a", "b");
    complete("a", "b");
    setBack(15);
    rig.commit();

    assertThat(lastCommit()).isEqualTo(withEpoch(15, 3));
  }

  @Test
  void saysNoEpochOfWhatItHasNotRead() {
    commitsWith(3, 15);
    holding(rig).start(0).deliver(15, "a", "b");
    complete("a", "b");
    setBack(14);
    rig.commit();

    assertThat(lastCommit()).isEqualTo(new OffsetAndMetadata(14));
  }

  @Test
  void theEpochsOfWhatIsGoneAreForgotten() {
    holding(rig).start(0).deliver(2, "a", "b", "c");
    complete("a", "b", "c");
    setBack(0);
    rig.deliver(0, "d");
    complete("d");
    setBack(0);
    rig.commit();

    assertThat(lastCommit()).isEqualTo(new OffsetAndMetadata(0));
  }

  @Test
  void recordsThatWaitForTheirTurnAreOfTheLogAsItWas() {
    List<String> failed = new ArrayList<>();
    Rig retrying =
        new Rig(
            config ->
                config.withOnFailure(
                    FailureStage.HANDLER,
                    FailureHandling.stop().withRetries(5, Duration.ofSeconds(5))));
    retrying.handling(
        (context, event) -> {
          if (event.equals("a") && failed.size() < 2) {
            failed.add(event);
            throw new IllegalStateException("not yet");
          }
          return ExecutionState.COMPLETE;
        });
    retrying.start(0).deliver(30, "a", "b");
    retrying.consumer.setBack(Rig.partition(0), 0);
    retrying.deliver(0, "c");
    retrying.advance(Duration.ofSeconds(30));

    assertThat(retrying.committed(0)).isEqualTo(1);
    assertThat(retrying.consumer.commits)
        .allSatisfy(commit -> assertThat(commit.values()).allMatch(offset -> offset.offset() <= 1));
  }

  @Test
  void commitsNoFurtherWhenThePartitionIsGivenBack() {
    holding(rig).start(0).deliver(30, "a", "b");
    complete("a", "b");
    setBack(0);
    rig.revoke(0);

    assertThat(commits()).containsExactly(0L);
  }

  @Test
  void whatTheOwnerBeforeHadCompletedIsOfTheLogAsItWas() {
    Rig next = holding(rig);
    ConsumerRecord<byte[], byte[]> witness = Rig.record(0, 3, "witness");
    String metadata =
        new CommitMetadata(3, Rig.EPOCH, witness.timestamp(), Rig.EPOCH, new long[] {4, 5})
            .encode(3, 1000);
    rig.consumer.committed.put(Rig.partition(0), new OffsetAndMetadata(3, metadata));
    next.start(0).deliver(3, "witness", "done", "done");
    assertThat(contexts).containsOnlyKeys("witness");

    setBack(4);
    rig.deliver(4, "another", "yet another");

    assertThat(contexts).containsOnlyKeys("witness", "another", "yet another");
  }

  @Test
  void commitsAsEverIfThePositionIsNotKnown() {
    holding(rig).start(0).deliver(30, "a");
    complete("a");
    rig.consumer.positionFailure = new TimeoutException("validating");
    rig.commit();

    assertThat(commits()).containsExactly(31L);
  }

  @Test
  void aTransactionCommitsNoFurtherEitherOnceAPollHasReturned() {
    Rig exactlyOnce =
        holding(new Rig(config -> config.withExactlyOnce(ExactlyOnceConfig.of("app", "m1"))));
    exactlyOnce.start(0).deliver(30, "a", "b");
    exactlyOnce.consumer.setBack(Rig.partition(0), 0);
    exactlyOnce.commit();
    complete("a", "b");
    exactlyOnce.commit();
    exactlyOnce.deliver(0, "c");
    complete("c");
    exactlyOnce.commit();

    assertThat(exactlyOnce.transactions().committed)
        .extracting(written -> written.offsets().get(Rig.partition(0)))
        .containsExactly(0L, 1L);
  }
}
