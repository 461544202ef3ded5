package io.heddle.simulator.client;

import io.heddle.simulator.protocol.MetadataRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** Which topics a client keeps itself informed of: by name, by id, or all there are. */
final class WantedTopics {
  private final boolean mayBeMade;
  private final Set<String> names = new TreeSet<>();
  private Set<Uuid> ids = new TreeSet<>();
  private boolean all;
  private long listings;

  /**
   * None yet.
   *
   * @param mayBeMade whether a broker may make those that are named and missing
   */
  WantedTopics(boolean mayBeMade) {
    this.mayBeMade = mayBeMade;
  }

  /** Returns whether that is new. */
  boolean add(String name) {
    return names.add(name);
  }

  /** Exactly these ids from now on; returns whether some are new. */
  boolean ids(Collection<Uuid> wanted) {
    boolean fresh = !ids.containsAll(wanted);
    ids = new TreeSet<>(wanted);
    return fresh;
  }

  /** All topics from now on, or those that were named; returns whether that is more than before. */
  boolean all(boolean wanted) {
    boolean fresh = wanted && !all;
    all = wanted;
    return fresh;
  }

  /** An answer tells of all topics. */
  void listed() {
    listings++;
  }

  /** How many answers have told of all topics. */
  long listings() {
    return listings;
  }

  boolean none() {
    return !all && names.isEmpty() && ids.isEmpty();
  }

  boolean everything() {
    return all;
  }

  /** What asks for all this. */
  MetadataRequest request() {
    return new MetadataRequest(List.copyOf(names), List.copyOf(ids), all, mayBeMade);
  }
}
