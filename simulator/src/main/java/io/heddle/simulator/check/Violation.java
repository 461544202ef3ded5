package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import java.util.List;

/**
 * One breach of an invariant.
 *
 * @param invariant the name of the invariant
 * @param message one sentence that names partition, offsets, members and, where there is one, the
 *     key
 * @param atNanos when it showed: the time of the fact that broke the invariant
 * @param timeline the facts that show it, no more than needed, in the order of time
 */
public record Violation(String invariant, String message, long atNanos, List<Fact> timeline) {
  /** Copies the list. */
  public Violation {
    timeline = List.copyOf(timeline);
  }

  /** Returns the timeline as text, one line a fact, in the columns of {@link FactFormat}. */
  public List<String> lines() {
    return timeline.stream().map(FactFormat::line).toList();
  }
}
