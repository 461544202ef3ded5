package io.heddle.simulator.check;

import static io.heddle.simulator.check.Invariant.AT_LEAST_ONCE;
import static io.heddle.simulator.check.Invariant.COMMIT_PREFIX;
import static io.heddle.simulator.check.Invariant.KEY_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is done with records after their log was cut off, and with those that have their offsets
 * then. Records have their offset as a timestamp, and those written after a cut 100 more.
 */
class LogOrderTest {
  private static final String LOG = "orders-2";
  private static final int SAME_EPOCH = 0;

  private final History history = new History();

  private static Stamp before(long offset) {
    return new Stamp(0, offset);
  }

  private static Stamp since(long offset, int epoch) {
    return new Stamp(epoch, 100 + offset);
  }

  /** Offsets 15 to 18 are of key a, and have begun their first step before the log is cut. */
  private History begun(long... offsets) {
    history.assigned("m1", LOG);
    for (long offset = 15; offset <= 18; offset++) {
      history.appended(LOG, offset, before(offset));
    }
    for (long offset : offsets) {
      history.started("m1", LOG, offset, "a", before(offset)).ended("m1", LOG, offset, "a");
    }
    return history;
  }

  private void step(long offset, String lane, Stamp stamp) {
    history.started("m1", LOG, offset, lane, stamp).ended("m1", LOG, offset, lane);
  }

  private List<String> disorder() {
    return History.messages(history.judgedBy(KEY_ORDER));
  }

  @Test
  void aLaterStepOfARecordThatWasCutOffIsOfTheLogAsItWas() {
    begun(18).truncatedInEpoch(LOG, 17, 1).sought("m1", LOG, 17);
    step(18, "a#end", before(18));
    history.appended(LOG, 17, since(17, 1));
    step(17, "a", since(17, 1));
    step(17, "a#end", since(17, 1));

    assertThat(disorder()).isEmpty();
  }

  @Test
  void soItIsIfTheTopicWasMadeAnewAndHasTheSameLeaderEpoch() {
    begun(18).deleted(LOG).sought("m1", LOG, 0);
    step(18, "a#end", before(18));
    history.appended(LOG, 0, since(0, SAME_EPOCH)).appended(LOG, 1, since(1, SAME_EPOCH));
    step(0, "a", since(0, SAME_EPOCH));
    step(0, "a#end", since(0, SAME_EPOCH));
    step(1, "a", since(1, SAME_EPOCH));
    step(1, "a#end", since(1, SAME_EPOCH));

    assertThat(disorder()).isEmpty();
  }

  @Test
  void evenTheFirstStepMayComeAfterTheCut() {
    begun(15).truncatedInEpoch(LOG, 17, 1).sought("m1", LOG, 17).appended(LOG, 17, since(17, 1));
    step(18, "a", before(18));
    step(17, "a", since(17, 1));

    assertThat(disorder()).isEmpty();
  }

  @Test
  void theSecondCutTellsThreeRecordsOfOneOffsetApart() {
    begun(17, 18).truncatedInEpoch(LOG, 17, 1).appended(LOG, 17, since(17, 1));
    step(17, "a", since(17, 1));
    history.truncatedInEpoch(LOG, 17, 2).appended(LOG, 17, since(17, 2));
    step(17, "a", since(17, 2));
    step(17, "a#end", before(17));
    step(18, "a#end", before(18));
    step(17, "a#end", since(17, 1));
    step(17, "a#end", since(17, 2));

    assertThat(disorder()).isEmpty();
  }

  @Test
  void disorderInTheNewLogIsReportedThoughTheOldOneHadTheSameOffsets() {
    begun(17, 18).truncatedInEpoch(LOG, 17, 1).sought("m1", LOG, 17);
    history.appended(LOG, 17, since(17, 1)).appended(LOG, 18, since(18, 1));
    step(17, "a", since(17, 1));
    step(18, "a", since(18, 1));
    step(18, "a#end", since(18, 1));
    step(17, "a#end", since(17, 1));

    assertThat(disorder())
        .containsExactly("key a#end of orders-2: offset 17 started after offset 18, both at m1");
  }

  @Test
  void soItIsInATopicThatWasMadeAnew() {
    begun(17, 18).deleted(LOG).sought("m1", LOG, 0);
    for (long offset = 0; offset <= 18; offset++) {
      history.appended(LOG, offset, since(offset, SAME_EPOCH));
    }
    step(17, "a", since(17, SAME_EPOCH));
    step(18, "a", since(18, SAME_EPOCH));
    step(18, "a#end", since(18, SAME_EPOCH));
    step(17, "a#end", since(17, SAME_EPOCH));

    assertThat(disorder())
        .containsExactly("key a#end of orders-2: offset 17 started after offset 18, both at m1");
  }

  @Test
  void disorderAmongWhatWasCutOffIsReported() {
    begun(15, 18).truncatedInEpoch(LOG, 17, 1).sought("m1", LOG, 17);
    step(18, "a#end", before(18));
    step(15, "a#end", before(15));

    assertThat(disorder())
        .containsExactly("key a#end of orders-2: offset 15 started after offset 18, both at m1");
  }

  @Test
  void soIsWhatWasCutOffBehindWhatCameInItsPlace() {
    begun(18).truncatedInEpoch(LOG, 17, 1).sought("m1", LOG, 17).appended(LOG, 17, since(17, 1));
    step(17, "a", since(17, 1));
    step(17, "a#end", since(17, 1));
    step(18, "a#end", before(18));

    assertThat(disorder())
        .containsExactly(
            "key a#end of orders-2: offset 18 (of the log after 0 cuts) started after"
                + " offset 17 (of the log after 1 cut), both at m1");
  }

  @Test
  void anEndOutOfOrderIsReportedOnBothSidesOfTheCut() {
    begun().started("m1", LOG, 17, "a", before(17)).truncatedInEpoch(LOG, 17, 1);
    history.appended(LOG, 17, since(17, 1)).started("m1", LOG, 18, "a", before(18));
    history.ended("m1", LOG, 18, "a").ended("m1", LOG, 17, "a");

    assertThat(disorder())
        .containsExactly("key a of orders-2: offset 18 ended before offset 17, both at m1");
  }

  @Test
  void aRecordIsTriedAgainThoughTheOneThatHadItsOffsetIsComplete() {
    begun(17).completed("m1", LOG, 17, "a", before(17)).truncatedInEpoch(LOG, 17, 1);
    history.appended(LOG, 17, since(17, 1));
    step(17, "a", since(17, 1));
    step(17, "a", since(17, 1));
    assertThat(disorder()).isEmpty();

    history.completed("m1", LOG, 17, "a", since(17, 1));
    step(17, "a", since(17, 1));
    assertThat(disorder())
        .containsExactly(
            "key a of orders-2: offset 17 started again at m1 without a new assignment");
  }

  @Test
  void whatWasCutOffDoesNotCompleteWhatCameInItsPlace() {
    begun(15, 16, 17).completed("m1", LOG, 15, "a", before(15));
    history.completed("m1", LOG, 16, "a", before(16)).truncatedInEpoch(LOG, 17, 1);
    history.appended(LOG, 17, since(17, 1)).completed("m1", LOG, 17, "a", before(17));
    List<String> atEnd = new ArrayList<>();
    history.committedInEpoch("m1", LOG, 18, 1);
    assertThat(History.messages(history.judgedBy(COMMIT_PREFIX)))
        .containsExactly(
            "orders-2: offset 18 was committed by m1 although offset 17 had never started");

    history.finished();
    atEnd.addAll(History.messages(history.judgedBy(AT_LEAST_ONCE)));
    assertThat(atEnd)
        .containsExactly(
            "orders-2: 1 of 5 records was never completed: offset 17; offset 17 had never started");
  }

  @Test
  void butARecordBelowTheCutIsCompletedAsBefore() {
    begun(15, 16).truncatedInEpoch(LOG, 17, 1);
    history.completed("m1", LOG, 15, "a", before(15)).completed("m1", LOG, 16, "a", before(16));
    history.committedInEpoch("m1", LOG, 17, 0).finished();

    assertThat(History.messages(history.judgedBy(COMMIT_PREFIX))).isEmpty();
    assertThat(History.messages(history.judgedBy(AT_LEAST_ONCE))).isEmpty();
  }

  @Test
  void aRecordOfWhichOnlyTheOffsetIsKnownIsTheOneThatHasItNow() {
    history
        .assigned("m1", LOG)
        .processed("m1", LOG, "a", 17, 18)
        .truncated(LOG, 17)
        .appended(LOG, 17, 18)
        .processed("m1", LOG, "a", 17);
    assertThat(disorder()).isEmpty();

    history.processed("m1", LOG, "a", 18, 17);
    assertThat(disorder())
        .containsExactly("key a of orders-2: offset 17 started after offset 18, both at m1");
  }
}
