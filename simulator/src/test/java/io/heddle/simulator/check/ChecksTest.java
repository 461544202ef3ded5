package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void violationsComeByTimeAndThenInTheOrderOfTheCheckers() {
    Checks checks =
        Checks.of(List.of(Invariant.PROGRESS, Invariant.AT_LEAST_ONCE, Invariant.KEY_ORDER));
    History history =
        new History()
            .appended("orders-2", 0, 1)
            .assigned("m1", "orders-2")
            .processed("m1", "orders-2", "k7", 1)
            .processed("m1", "orders-2", "k7", 0)
            .appended("orders-2", 2)
            .committed("m1", "orders-2", 3)
            .stopped("");

    history.facts().forEach(checks::accept);

    assertThat(checks.violations())
        .extracting(Violation::invariant)
        .containsExactly("key-order", "progress", "at-least-once");
    assertThat(checks.reports())
        .extracting(CheckReport::invariant)
        .containsExactly("progress", "at-least-once", "key-order");
  }

  @Test
  void theSetOfAllReportsEveryInvariant() {
    assertThat(Checks.all().reports())
        .extracting(CheckReport::invariant)
        .containsExactlyElementsOf(Invariant.labels());
    assertThat(Checks.all().reports()).allMatch(CheckReport::vacuous);
  }

  @Test
  void deliveriesAreCounted() {
    DeliveryCounter counter = new DeliveryCounter(CheckSettings.DEFAULT);
    List<Fact> facts =
        new History()
            .appended("orders-2", 0, 1)
            .appended("results-0", 0)
            .assigned("m1", "orders-2")
            .processed("m1", "orders-2", "a", 0)
            .started("m1", "orders-2", 1, "a")
            .crashed("m1")
            .completed("m1", "orders-2", 1, "a")
            .assigned("m2", "orders-2")
            .processed("m2", "orders-2", "a", 0, 1)
            .facts();

    facts.forEach(counter::accept);

    assertThat(counter.delivery()).isEqualTo(new Delivery(2, 2, 1, 2));
  }

  @Test
  void aRecordInThePlaceOfACutOffOneIsNotRedelivered() {
    DeliveryCounter counter = new DeliveryCounter(CheckSettings.DEFAULT);

    new History()
        .appended("orders-2", 0)
        .processed("m1", "orders-2", "a", 0)
        .truncated("orders-2", 0)
        .appended("orders-2", 0)
        .processed("m1", "orders-2", "a", 0)
        .facts()
        .forEach(counter::accept);

    assertThat(counter.delivery()).isEqualTo(new Delivery(2, 2, 0, 0));
  }
}
