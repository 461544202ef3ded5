package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

  /** All of them look things up in the same books; alone, each has books of its own. */
  @Test
  void aCheckerSaysTheSameAloneAndAmongOthers() {
    long violated = 0;
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      // A history that lacks some of its facts, and has some twice, breaks a bit of everything.
      List<Fact> facts =
          GroupModel.history(seed, 300).stream()
              .flatMap(fact -> Stream.generate(() -> fact).limit(copies(random)))
              .toList();
      Checks together = Checks.all();
      facts.forEach(together::accept);

      List<CheckReport> alone =
          Stream.of(Invariant.values()).map(each -> History.judge(facts, each.checker())).toList();

      assertThat(together.reports()).as("seed %d", seed).isEqualTo(alone);
      violated += alone.stream().mapToLong(CheckReport::violated).sum();
    }
    assertThat(violated).isPositive();
  }

  private static int copies(Random random) {
    int chance = random.nextInt(100);
    return chance < 3 ? 0 : chance < 6 ? 2 : 1;
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
