package io.heddle.simulator.client;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What a member assigned as the leader of its group, and whether that is still all there is. As in
 * kafka-clients, one that has left remembers it until it has an assignment by another leader: if it
 * has subscribed to something else by then, it makes the group rebalance once more.
 */
final class LedTopics {
  private Map<String, Integer> assigned = Map.of();
  private boolean leads;
  private boolean subscribedAnew;

  /** It has been made the leader of members that want these topics, of so many partitions. */
  void lead(Set<String> topics, ToIntFunction<String> partitions) {
    assigned = counted(topics, partitions);
    leads = true;
    subscribedAnew = false;
  }

  /** The application has subscribed to something. */
  void subscriptionChanged() {
    subscribedAnew = true;
  }

  /** The group is left, or joined once more. */
  void resign() {
    leads = false;
  }

  /** A generation is complete. */
  void completed() {
    if (!leads) {
      assigned = Map.of();
    }
  }

  /**
   * Whether there is something else to assign now.
   *
   * @param subscribed what this member subscribes to
   */
  boolean isStale(Set<String> subscribed, ToIntFunction<String> partitions) {
    if (assigned.isEmpty()) {
      return false;
    }
    Set<String> topics = leads || !subscribedAnew ? assigned.keySet() : subscribed;
    return !counted(topics, partitions).equals(assigned);
  }

  private static Map<String, Integer> counted(Set<String> topics, ToIntFunction<String> count) {
    Map<String, Integer> counts = new TreeMap<>();
    topics.forEach(topic -> counts.put(topic, count.applyAsInt(topic)));
    return counts;
  }
}
