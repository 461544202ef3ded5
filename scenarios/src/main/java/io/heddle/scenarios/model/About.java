package io.heddle.scenarios.model;

import java.util.List;

/**
 * What a scenario is called and where it comes from.
 *
 * @param name unique in a library; letters, digits, {@code .}, {@code _} and {@code -}
 * @param title one line; the name if nobody gave one
 * @param description a paragraph on what the scenario shows; can be empty
 * @param source the bug report or proposal that it comes from; can be empty
 */
public record About(
    String name, String title, String description, List<String> tags, String source) {
  /** Copies the tags; refuses names and tags that could not be typed on a command line. */
  public About {
    Require.name("scenario", name);
    Require.that(!title.isBlank(), "title must not be blank, was '" + title + "'");
    Require.line("title", title);
    Require.text("description", description);
    Require.line("source", source);
    tags = List.copyOf(tags);
    tags.forEach(tag -> Require.name("tags", tag));
    Require.distinct("tags", tags);
  }

  /** A scenario that is known by its name alone. */
  public static About named(String name) {
    return new About(name, name, "", List.of(), "");
  }
}
