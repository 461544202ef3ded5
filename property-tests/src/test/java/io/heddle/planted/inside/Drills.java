package io.heddle.planted.inside;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The applications that are no scenario files, by their names. */
final class Drills {
  static final Map<String, Function<DrillRun, Application>> ALL =
      new TreeMap<>(
          Map.of(
              "batches", Batches::new,
              "chains", Chains::new,
              "departures", Departures::new,
              "failures", Failures::new,
              "gaps", Gaps::new,
              "restarts", Restarts::new));

  private Drills() {}
}
