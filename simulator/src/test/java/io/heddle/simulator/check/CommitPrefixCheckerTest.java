package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitPrefixCheckerTest {
  private final History history = new History();

  private CheckReport report() {
    return history.judgedBy(Invariant.COMMIT_PREFIX);
  }

  @Test
  void aCommitBeyondARunningRecordIsReported() {
    history
        .appended("orders-2", 0, 1, 2)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .started("m1", "orders-2", 1, "k7")
        .processed("m1", "orders-2", "b", 2)
        .committed("m1", "orders-2", 3);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 3 was committed by m1"
                + " although offset 1 (key k7) had started at m1 and not ended");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 assigned orders-2 - generation 1",
            "m1 started orders-2@1 k7",
            "m1 committed orders-2@3 - group g generation 1");
  }

  @Test
  void theMessageSaysHowFarTheWorkHadGot() {
    history
        .appended("orders-2", 0, 1, 2)
        .committed("m1", "orders-2", 1)
        .processed("m1", "orders-2", "a", 0)
        .started("m1", "orders-2", 1, "k7")
        .ended("m1", "orders-2", 1, "k7")
        .committed("m1", "orders-2", 2)
        .completed("m1", "orders-2", 1, "k7")
        .started("m1", "orders-2", 2, "k7")
        .crashed("m1")
        .committed("m1", "orders-2", 3);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 1 was committed by m1 although offset 0 had never started",
            "orders-2: offset 2 was committed by m1"
                + " although offset 1 (key k7) had ended at m1 but was not completed",
            "orders-2: offset 3 was committed by m1"
                + " although offset 2 (key k7) had started at m1, which crashed");
  }

  @Test
  void aCommitExactlyAtThePrefixIsLegal() {
    history
        .appended("orders-2", 0, 1, 2)
        .processed("m1", "orders-2", "a", 0, 2, 1)
        .committed("m1", "orders-2", 3);

    assertThat(report().holds()).isTrue();
    assertThat(report().facts()).isOne();
  }

  @Test
  void aCommitOnePastThePrefixIsReportedOnce() {
    history
        .appended("orders-2", 0, 1, 2)
        .processed("m1", "orders-2", "a", 0)
        .committed("m1", "orders-2", 1)
        .committed("m1", "orders-2", 2)
        .committed("m1", "orders-2", 2);

    assertThat(report().violated()).isOne();
    assertThat(report().facts()).isEqualTo(3);
  }

  @Test
  void gapsInTheLogNeedNoCompletion() {
    history
        .appended("orders-2", 5, 6, 9)
        .processed("m1", "orders-2", "a", 5, 6, 9)
        .committed("m1", "orders-2", 11);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void removedRecordsNeedNoCompletion() {
    history
        .appended("orders-2", 0, 1, 2, 3)
        .removed("orders-2", 0, 3)
        .processed("m1", "orders-2", "a", 3)
        .committed("m1", "orders-2", 4);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void itDoesNotMatterWhoCompletedARecord() {
    history
        .appended("orders-2", 0, 1)
        .assigned("m1", "orders-2")
        .processed("m1", "orders-2", "a", 0)
        .crashed("m1")
        .assigned("m2", "orders-2")
        .processed("m2", "orders-2", "a", 1)
        .committed("m2", "orders-2", 2);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void aCompletionAfterTheCommitComesTooLate() {
    history
        .appended("orders-2", 0)
        .committed("m1", "orders-2", 1)
        .processed("m1", "orders-2", "a", 0);

    assertThat(report().violated()).isOne();
  }

  @Test
  void aCompletionAfterTheMembersCrashDoesNotCount() {
    history
        .appended("orders-2", 0)
        .crashed("m1")
        .completed("m1", "orders-2", 0, "a")
        .committed("m2", "orders-2", 1);

    assertThat(report().violated()).isOne();
  }

  @Test
  void aCommitBeyondTheEndOfTheLogShowsWhenARecordFallsBelowIt() {
    history
        .appended("orders-2", 0)
        .processed("m1", "orders-2", "a", 0)
        .committed("m1", "orders-2", 2)
        .appended("orders-2", 1)
        .committed("m1", "orders-2", 2);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 2 was committed by m1 before offset 1 (key k7) was appended");
    assertThat(History.story(report()))
        .containsExactly(
            "m1 committed orders-2@2 - group g generation 1", "- appended orders-2@1 k7");
  }

  @Test
  void aTruncatedLogIsWrittenAndCompletedAnew() {
    history
        .appended("orders-2", 0, 1, 2)
        .processed("m1", "orders-2", "a", 0, 1, 2)
        .committed("m1", "orders-2", 3)
        .truncated("orders-2", 1)
        .appended("orders-2", 1)
        .committed("m1", "orders-2", 1);
    assertThat(report().holds()).isTrue();

    history.committed("m1", "orders-2", 2);
    assertThat(report().violated()).isOne();
  }

  @Test
  void whatWasKnownOfACutOffRecordDoesNotPassToTheOneInItsPlace() {
    history
        .appended("orders-2", 0, 1)
        .processed("m1", "orders-2", "a", 0)
        .started("m1", "orders-2", 1, "k7")
        .committed("m1", "orders-2", 2)
        .truncated("orders-2", 1)
        .appended("orders-2", 1)
        .committed("m1", "orders-2", 2);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 2 was committed by m1"
                + " although offset 1 (key k7) had started at m1 and not ended",
            "orders-2: offset 2 was committed by m1 although offset 1 had never started");
  }

  @Test
  void theEndOfAnEarlierRunOfARecordIsNotTheEndOfTheLaterOne() {
    history
        .appended("orders-2", 0)
        .started("m1", "orders-2", 0, "k7")
        .started("m2", "orders-2", 0, "k7")
        .ended("m1", "orders-2", 0, "k7")
        .committed("m2", "orders-2", 1);

    assertThat(History.messages(report()))
        .containsExactly(
            "orders-2: offset 1 was committed by m2"
                + " although offset 0 (key k7) had started at m2 and not ended");
  }

  @Test
  void aRecordMayBeKnownAsAppendedAfterItWasCompleted() {
    history
        .appended("orders-2", 0)
        .processed("m1", "orders-2", "a", 0, 1)
        .committed("m1", "orders-2", 2)
        .appended("orders-2", 1)
        .committed("m1", "orders-2", 2);

    assertThat(report().holds()).isTrue();
  }

  @Test
  void metadataThatDeclaresAnUnfinishedRecordCompleteIsReported() {
    MetadataReader reader =
        (partition, offset, metadata) ->
            new MetadataReader.Claim(
                Arrays.stream(metadata.split(",", -1)).map(Long::parseLong).toList(), -1);
    CheckSettings settings = CheckSettings.DEFAULT.withMetadata(reader);
    history
        .appended("orders-2", 0, 1, 2, 3)
        .processed("m1", "orders-2", "a", 0, 2)
        .committed("m1", "orders-2", 1, "2")
        .committed("m1", "orders-2", 1, "2,3")
        .committed("m1", "orders-2", 1, "4");

    assertThat(report().holds()).isTrue();
    assertThat(History.messages(history.judgedBy(Invariant.COMMIT_PREFIX, settings)))
        .containsExactly(
            "orders-2: the metadata of the commit of offset 1 by m1 declares offset 3 complete"
                + " although offset 3 had never started",
            "orders-2: the metadata of the commit of offset 1 by m1 declares offset 4 complete"
                + " although the log ends at offset 4");
  }

  @Test
  void metadataIsJudgedByTheLogAsItIsAndOnlyAboveTheCommit() {
    CheckSettings settings =
        CheckSettings.DEFAULT.withMetadata(
            (partition, offset, metadata) ->
                new MetadataReader.Claim(List.of(Long.parseLong(metadata)), -1));
    history
        .appended("orders-2", 0, 1, 2)
        .committed("m1", "orders-2", 1, "0")
        .processed("m1", "orders-2", "a", 0, 2)
        .truncated("orders-2", 2)
        .committed("m1", "orders-2", 1, "2");

    assertThat(History.messages(history.judgedBy(Invariant.COMMIT_PREFIX, settings)))
        .containsExactly(
            "orders-2: offset 1 was committed by m1 although offset 0 had never started",
            "orders-2: the metadata of the commit of offset 1 by m1 declares offset 2 complete"
                + " although the log ends at offset 2");
  }

  /** Metadata of the form offset:epoch. */
  private CheckReport judgedWithEpochs() {
    MetadataReader reader =
        (partition, offset, metadata) -> {
          String[] parts = metadata.split(":", -1);
          return new MetadataReader.Claim(
              List.of(Long.parseLong(parts[0])), Integer.parseInt(parts[1]));
        };
    return history.judgedBy(Invariant.COMMIT_PREFIX, CheckSettings.DEFAULT.withMetadata(reader));
  }

  @Test
  void metadataOfTheLostTailOfALogIsExcusedAndOfWhatIsThereNowIsNot() {
    history
        .appended("orders-2", 0, 1, 2, 3)
        .processed("m1", "orders-2", "a", 0, 3)
        .truncatedInEpoch("orders-2", 2, 5)
        .committed("m1", "orders-2", 1, "3:4")
        .appended("orders-2", 2, 3)
        .committed("m1", "orders-2", 1, "3:4");

    assertThat(judgedWithEpochs().holds()).isTrue();
    assertThat(judgedWithEpochs().excused()).containsEntry("of a log that lost its tail", 2L);

    history.committed("m1", "orders-2", 1, "3:5");

    assertThat(History.messages(judgedWithEpochs()))
        .containsExactly(
            "orders-2: the metadata of the commit of offset 1 by m1 declares offset 3 complete"
                + " although offset 3 had never started");
  }

  @Test
  void metadataOfARecordBelowTheLostTailIsNotExcused() {
    history
        .appended("orders-2", 0, 1, 2, 3)
        .processed("m1", "orders-2", "a", 0, 3)
        .truncatedInEpoch("orders-2", 3, 5)
        .committed("m1", "orders-2", 1, "2:4");

    assertThat(History.messages(judgedWithEpochs()))
        .containsExactly(
            "orders-2: the metadata of the commit of offset 1 by m1 declares offset 2 complete"
                + " although offset 2 had never started");
  }

  @Test
  void metadataOfATopicThatWasDeletedIsExcused() {
    history
        .assigned("m1", "orders-2")
        .appended("orders-2", 0, 1, 2, 3)
        .processed("m1", "orders-2", "a", 0, 3)
        .deleted("orders-2")
        .committed("m1", "orders-2", 1, "3:0")
        .assigned("m1", "orders-2")
        .appended("orders-2", 0)
        .committed("m1", "orders-2", 1, "3:0")
        .committed("m1", "orders-2", 1, "4:0");

    assertThat(History.messages(judgedWithEpochs()))
        .containsExactly(
            "orders-2: the metadata of the commit of offset 1 by m1 declares offset 4 complete"
                + " although the log ends at offset 1");
  }

  @Test
  void metadataMayNameARecordBeforeItsProducerHeardOfIt() {
    history
        .appended("orders-2", 0, 1)
        .processed("m1", "orders-2", "a", 0, 2)
        .committed("m1", "orders-2", 1, "2:0");

    assertThat(judgedWithEpochs().holds()).isTrue();
  }

  @Test
  void commitsWithNoRecordBelowThemAreVacuous() {
    history
        .committed("m1", "orders-1", 7)
        .appended("orders-2", 0)
        .committed("m1", "orders-2", 0)
        .finished();

    assertThat(report().vacuous()).isTrue();
  }
}
