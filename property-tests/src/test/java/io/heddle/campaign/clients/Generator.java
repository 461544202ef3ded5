package io.heddle.campaign.clients;

import io.heddle.campaign.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
  static List<Theme> themes(String words) throws Arguments.Misuse {
    List<Theme> themes = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      themes.add(
          Arrays.stream(Theme.values())
              .filter(each -> each.name().equalsIgnoreCase(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Arguments.Misuse(
                          "--themes: there is no %s, only %s".formatted(word, known()))));
    }
    return themes;
  }

  private static String known() {
    return Arrays.stream(Theme.values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
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
