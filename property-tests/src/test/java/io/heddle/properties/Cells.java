package io.heddle.properties;

import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.Engine;
import java.util.Arrays;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;

/** That a property has tried each mode of the engine by each protocol of groups. */
final class Cells {
  private Cells() {}

  /** Counts a run; at the end of its property there has to have been one of each. */
  static void count(Run run) {
    Statistics.label("modes and protocols")
        .collect(run.scenario().engine().mode(), run.scenario().kafka().protocol())
        .coverage(Cells::areAllReached);
  }

  private static void areAllReached(StatisticsCoverage coverage) {
    Arrays.stream(Engine.Mode.values())
        .filter(mode -> mode != Engine.Mode.NAIVE)
        .forEach(
            mode -> {
              for (Cluster.Protocol protocol : Cluster.Protocol.values()) {
                coverage.check(mode, protocol).count(runs -> runs > 0);
              }
            });
  }
}
