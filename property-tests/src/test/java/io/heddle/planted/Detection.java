package io.heddle.planted;

import io.heddle.scenarios.result.RunResult.Violation;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a planted bug was found, or that it was not.
 *
 * @param seed the first seed whose run broke what the plant says, or the last one that was tried
 * @param broken all that was broken by then
 * @param found whether what the plant says is among that
 */
record Detection(long seed, Set<String> broken, boolean found) {

  /** Tries seed after seed, from 1 to the last, until the recorded invariant is broken. */
  static Detection of(Plant plant, Workbench engine, long last) {
    Set<String> broken = new TreeSet<>();
    long seed = 0;
    boolean found = false;
    while (!found && seed < last) {
      seed++;
      for (Violation violation : engine.run(plant.trial(), seed, false)) {
        broken.add(violation.invariant());
      }
      found = broken.contains(plant.breaks());
    }
    return new Detection(seed, broken, found);
  }
}
