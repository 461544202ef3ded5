package io.heddle.cli;

import java.util.List;

/**
 * One line of {@code heddle list}.
 *
 * @param source where it comes from: {@code built-in} or a path
 * @param expects how a run of it should come out: {@code passed}, or the invariant it violates
 */
public record ScenarioSummary(
    String name, String title, List<String> tags, String source, String expects) {
  /** Copies the list. */
  public ScenarioSummary {
    tags = List.copyOf(tags);
  }
}
