package io.heddle.simulator.broker;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topics that a pattern stood for when it was last looked up, in order.
 *
 * @param version how many topics had ever been created then
 * @param timeMs when it was
 */
record ResolvedRegex(Set<String> topics, long version, long timeMs) {
  ResolvedRegex {
    topics = Collections.unmodifiableSet(new TreeSet<>(topics));
  }
}
