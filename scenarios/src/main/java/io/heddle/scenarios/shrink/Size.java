package io.heddle.scenarios.shrink;

import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.scenarios.model.Workload;

/**
 * How large a scenario is.
 *
 * @param partitions of all topics together
 * @param records that a run of it appended
 * @param keys that its workloads can use
 */
public record Size(int faults, int members, int topics, int partitions, long records, int keys) {
  /** The size of a scenario of which a run appended so many records. */
  public static Size of(Scenario scenario, long records) {
    return new Size(
        scenario.faults().size(),
        scenario.group().members(),
        scenario.topics().size(),
        scenario.topics().stream().mapToInt(Topic::partitions).sum(),
        records,
        scenario.produce().stream().mapToInt(Workload::keyCount).max().orElse(0));
  }
}
