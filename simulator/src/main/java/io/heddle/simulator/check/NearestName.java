package io.heddle.simulator.check;

import java.util.List;
import java.util.Locale;

/** Finds what somebody probably meant who mistyped a name. */
final class NearestName {
  private NearestName() {}

  /** Returns the name with the fewest edits from what was typed, the first one of several. */
  static String to(String typed, List<String> names) {
    String nearest = names.get(0);
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int edits = edits(typed.toLowerCase(Locale.ROOT), name);
      if (edits < least) {
        least = edits;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Returns how many characters have to be inserted, deleted or replaced. */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
