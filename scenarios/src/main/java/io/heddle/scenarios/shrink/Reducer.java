package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Delta debugging (Zeller and Hildebrandt, 2002) over the values of a scenario. It takes the first
 * smaller variant that keeps the failure, again and again, until no single step is left that does:
 * the result is minimal with respect to the steps, not the smallest there is. Not thread-safe.
 */
final class Reducer {
  private final List<Consumer<Variants>> steps;
  private final Predicate<Scenario> fails;
  private final BooleanSupplier over;
  private final Set<Scenario> tried = new HashSet<>();
  private long candidates;
  private Scenario current;
  private boolean finished;

  /**
   * A reducer of a scenario that fails.
   *
   * @param steps each adds smaller variants of the scenario at hand
   * @param fails whether a variant keeps the failure; asked at most once for each variant
   * @param over whether the time for it is up
   */
  Reducer(
      Scenario failing,
      List<Consumer<Variants>> steps,
      Predicate<Scenario> fails,
      BooleanSupplier over) {
    this.current = failing;
    this.steps = steps;
    this.fails = fails;
    this.over = over;
  }

  /** Goes on with what there is, as if nothing had been tried before. */
  Scenario reduce() {
    candidates += Math.max(0, tried.size() - 1);
    tried.clear();
    tried.add(current);
    Scenario before;
    do {
      before = current;
      steps.forEach(this::exhaust);
    } while (!before.equals(current) && !over.getAsBoolean());
    finished = before.equals(current) && !over.getAsBoolean();
    return current;
  }

  /** Whether no step was left to take, rather than no time. */
  boolean finished() {
    return finished;
  }

  /** How many variants were tried. */
  long candidates() {
    return candidates + tried.size() - 1;
  }

  private void exhaust(Consumer<Variants> step) {
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      Variants variants = new Variants(current);
      step.accept(variants);
      for (Scenario variant : variants.list()) {
        if (over.getAsBoolean()) {
          return;
        }
        if (tried.add(variant) && fails.test(variant)) {
          current = variant;
          smaller = true;
          break;
        }
      }
    }
  }
}
