package io.heddle.scenarios.file;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * What to say after an unknown name: a question if some known name is near, else all of them.
   *
   * @param known in the order in which they are to be listed; of equally near ones the first wins
   */
  public static String hint(String name, Collection<String> known) {
    return to(name, known)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "known: " + String.join(", ", known));
  }

  /**
   * The known name with the fewest typing mistakes, if these are few for its length; else the first
   * one that starts like that.
   */
  public static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > 100) {
      return Optional.empty();
    }
    String given = name.toLowerCase(Locale.ROOT);
    Optional<String> best = Optional.empty();
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int mistakes = distance(given, candidate.toLowerCase(Locale.ROOT));
      int allowed = Math.max(1, Math.min(given.length(), candidate.length()) / 3);
      if (mistakes <= allowed && mistakes < fewest) {
        fewest = mistakes;
        best = Optional.of(candidate);
      }
    }
    return best.isPresent() || given.length() < 3
        ? best
        : known.stream().filter(each -> each.startsWith(given)).findFirst();
  }

  /** Letters left out, added, mistaken, or two neighbours swapped. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
