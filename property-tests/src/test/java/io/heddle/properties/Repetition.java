package io.heddle.properties;

import io.heddle.simulator.choice.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Two executions of a run, which must be the same history. */
final class Repetition {
  private Repetition() {}

  /**
   * Executes the run twice.
   *
   * @param choices what decides in each of them
   * @throws AssertionError with the first line of the trace in which they differ
   */
  static void check(Run run, Supplier<? extends Choices> choices) {
    String hash = run.traceHash(choices.get());
    String again = run.traceHash(choices.get());
    if (!hash.equals(again)) {
      // Lines cost much more than a hash: they are written only once it is known that they differ.
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      run.trace(choices.get(), first::add);
      run.trace(choices.get(), second::add);
      throw new AssertionError(
          "two executions of one run differ (" + hash + ", " + again + ")\n" + at(first, second));
    }
  }

  private static String at(List<String> first, List<String> second) {
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      String one = i < first.size() ? first.get(i) : "(it is over)";
      String other = i < second.size() ? second.get(i) : "(it is over)";
      if (!one.equals(other)) {
        return "from line " + (i + 1) + " of the trace on:\n  " + one + "\n  " + other;
      }
    }
    return "and two more, of which the traces were written, do not";
  }
}
