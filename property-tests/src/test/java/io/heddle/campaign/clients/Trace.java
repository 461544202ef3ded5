package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the clients of one case do, one call after the other.
 *
 * @param topics the topics that there are at its start, and their numbers of partitions
 */
record Trace(Map<String, Integer> topics, List<Step> steps) {
  Trace {
    steps = List.copyOf(steps);
  }

  /** The same without some of its steps. */
  Trace without(int from, int to) {
    List<Step> left = new ArrayList<>(steps.subList(0, from));
    left.addAll(steps.subList(to, steps.size()));
    return new Trace(topics, left);
  }

  /** The same up to and including that step. */
  Trace upTo(int step) {
    return new Trace(topics, steps.subList(0, step + 1));
  }
}
