package io.heddle.campaign.clients;

import java.util.Arrays;
import java.util.List;

/** Makes the trace that follows from a seed and an index. */
final class Generator {
  /** What traces are about. */
  enum Theme {
    /** Consumers that choose their partitions themselves, and producers without transactions. */
    MANUAL,
    /** Consumers whose group assigns the partitions. */
    GROUPS,
    /** The same with topics that are not there, or come and go. Not among the usual ones. */
    CHANGES,
    /** Transactional producers and those who read what they write. */
    TRANSACTIONS,
    /** An administrator beside a producer and a consumer. */
    ADMIN
  }

  private final List<Theme> themes;

  Generator(List<Theme> themes) {
    this.themes = List.copyOf(themes);
  }

  /** The themes of that many words, which commas part; fails naming the words that there are. */
  static List<Theme> themes(String words) {
    return Arrays.stream(words.split(",", -1)).map(Generator::theme).toList();
  }

  private static Theme theme(String word) {
    return Arrays.stream(Theme.values())
        .filter(each -> each.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--themes: there is no " + word + ", only " + Arrays.toString(Theme.values())));
  }

  Trace trace(long seed, long index) {
    Draw draw = new Draw(seed, index);
    Theme theme = themes.size() == 1 ? themes.get(0) : draw.of(themes);
    return switch (theme) {
      case MANUAL -> ManualTheme.trace(draw);
      case GROUPS -> GroupTheme.trace(draw, false);
      case CHANGES -> GroupTheme.trace(draw, true);
      case TRANSACTIONS -> TransactionTheme.trace(draw);
      case ADMIN -> AdminTheme.trace(draw);
    };
  }
}
