package io.heddle.simulator.broker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What Kafka's controller asks of replicas that somebody names. */
final class AssignmentRules {
  private final Brokers brokers;

  AssignmentRules(Brokers brokers) {
    this.brokers = brokers;
  }

  /**
   * What is wrong with the replicas, in Kafka's words; for {@code INVALID_REPLICA_ASSIGNMENT}.
   *
   * @param factor how many there have to be, if it matters
   */
  Optional<String> faultOf(List<Integer> replicas, OptionalInt factor) {
    if (replicas.isEmpty()) {
      return Optional.of("The manual partition assignment includes an empty replica list.");
    }
    List<Integer> sorted = replicas.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      int broker = sorted.get(i);
      if (!brokers.isRegistered(broker)) {
        return Optional.of(
            "The manual partition assignment includes broker "
                + broker
                + ", but no such broker is registered.");
      }
      if (i > 0 && sorted.get(i - 1) == broker) {
        return Optional.of(
            "The manual partition assignment includes the broker " + broker + " more than once.");
      }
    }
    return factor.isEmpty() || factor.getAsInt() == sorted.size()
        ? Optional.empty()
        : Optional.of(
            "The manual partition assignment includes a partition with "
                + sorted.size()
                + " replica(s), but this is not consistent with previous partitions, which have "
                + factor.getAsInt()
                + " replica(s).");
  }

  /** The same for a new partition, which somebody has to lead at once. */
  Optional<String> faultOfNew(int partition, List<Integer> replicas, OptionalInt factor) {
    Optional<String> fault = faultOf(replicas, factor);
    return fault.isPresent() || replicas.stream().anyMatch(brokers::isActive)
        ? fault
        : Optional.of(
            "All brokers specified in the manual partition assignment for partition "
                + partition
                + " are fenced or in controlled shutdown.");
  }
}
