package io.heddle.simulator.client;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a member watches, and what it assigned as the leader of its group: where they are
 * not what they were then, it makes the group rebalance once more. As in kafka-clients, it looks at
 * them when it has heard of the cluster anew, and only then: so it may assign with a look at topics
 * that the group had before. One that has left remembers what it assigned until it has an
 * assignment by another leader.
 */
final class LedTopics {
  /** What has been seen, with which answer about the cluster. */
  private record Look(long version, Map<String, Integer> partitions) {
    boolean matches(Look other) {
      return version == other.version || partitions.equals(other.partitions);
    }
  }

  private Set<String> ofGroup = Set.of();
  private Look last = new Look(0, Map.of());
  private @Nullable Look assigned;
  private boolean leads;

  /** It is to assign these topics, which its members want, and watches them from now on. */
  void watch(Set<String> topics) {
    ofGroup = new TreeSet<>(topics);
  }

  /**
   * Looks at what it watches, if there has been an answer about the cluster since.
   *
   * @param subscribed what this member subscribes to
   */
  void look(Set<String> subscribed, ClusterView cluster) {
    if (cluster.version() > last.version()) {
      Map<String, Integer> partitions = new TreeMap<>();
      Set<String> watched = new TreeSet<>(ofGroup);
      watched.addAll(subscribed);
      watched.forEach(topic -> partitions.put(topic, cluster.partitions(topic)));
      last = new Look(cluster.version(), partitions);
    }
  }

  /** It assigns, as the leader. */
  void assign() {
    leads = true;
    assigned = last;
  }

  /** The group is about to be joined once more. */
  void resign() {
    leads = false;
    ofGroup = Set.of();
  }

  /** The application has unsubscribed. */
  void unsubscribed() {
    ofGroup = Set.of();
  }

  /** A generation is complete. */
  void completed() {
    if (!leads) {
      assigned = null;
    }
  }

  /** Whether there is something else to assign now. */
  boolean isStale() {
    Look then = assigned;
    return then != null && !then.matches(last);
  }
}
