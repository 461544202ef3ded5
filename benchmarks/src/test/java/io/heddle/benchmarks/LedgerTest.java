package io.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a round must not do makes it void. */
class LedgerTest {
  private final Load load = new Load("in", 2, 4, 12, true);
  private final KeyNames names = new KeyNames(4);
  private final StrictLedger strict = new StrictLedger(load, names);
  private final ChurnLedger churn = new ChurnLedger(load, names);

  private void call(Ledger ledger, int partition, long offset) {
    ledger.ended(start(ledger, partition, offset));
  }

  private int start(Ledger ledger, int partition, long offset) {
    return ledger.started(names.name(load.keyAt(partition, offset)), partition, offset);
  }

  private void callAll(Ledger ledger) {
    for (int offset = 0; offset < 6; offset++) {
      call(ledger, 0, offset);
      call(ledger, 1, offset);
    }
  }

  @Test
  void isContentWithEachRecordOnceInOrder() throws InterruptedException {
    callAll(strict);
    callAll(churn);

    strict.check();
    churn.check();
    assertThat(strict.await(0)).isTrue();
    assertThat(churn.await(0)).isTrue();
    assertThat(churn.overlaps() + churn.disorder() + churn.repeats()).isZero();
  }

  @Test
  void noticesARecordThatIsMissing() {
    call(strict, 0, 0);
    call(churn, 0, 0);

    assertThatThrownBy(strict::check).hasMessage("4 keys are not done");
    assertThatThrownBy(churn::check).hasMessage("11 records are not done");
  }

  @Test
  void noticesARecordThatComesTwice() {
    callAll(strict);
    callAll(churn);
    call(strict, 0, 5);
    call(churn, 0, 5);

    assertThatThrownBy(strict::check).hasMessageStartingWith("1 calls out of order or twice");
    assertThat(churn.repeats()).isEqualTo(1);
  }

  @Test
  void noticesAKeyThatIsOutOfOrder() {
    call(strict, 0, 2);
    call(strict, 0, 0);
    call(churn, 0, 2);

    assertThatThrownBy(strict::check).hasMessageStartingWith("1 calls out of order");
    assertThat(churn.disorder()).isEqualTo(1);
  }

  @Test
  void noticesAKeyInTwoPlacesAtOnce() {
    int first = start(strict, 0, 0);
    call(strict, 0, 2);
    strict.ended(first);
    int other = start(churn, 0, 0);
    call(churn, 0, 2);
    churn.ended(other);

    assertThatThrownBy(strict::check).hasMessageEndingWith("1 while their key was busy");
    assertThat(churn.overlaps()).isEqualTo(1);
  }

  @Test
  void noticesAWrongKey() {
    strict.ended(strict.started("other", 0, 0));
    churn.ended(churn.started("other", 0, 0));

    assertThatThrownBy(strict::check).hasMessageContaining("1 with a wrong key");
    assertThatThrownBy(churn::check).hasMessage("1 calls with a wrong key");
  }

  @Test
  void knowsWhetherACommitPassesWhatIsNotDone() {
    call(churn, 0, 0);
    call(churn, 0, 2);

    assertThat(churn.isDoneBefore(0, 1)).isTrue();
    assertThat(churn.isDoneBefore(0, 3)).isFalse();
  }
}
