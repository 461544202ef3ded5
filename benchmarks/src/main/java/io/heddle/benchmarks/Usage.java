package io.heddle.benchmarks;

import java.util.Comparator;
import java.util.List;

/** A mistake in the arguments, told in one line. */
final class Usage extends RuntimeException {
  private static final long serialVersionUID = 1;

  Usage(String message) {
    super(message);
  }

  /** Says that the argument is none of these, and which of them was meant. */
  static Usage none(String what, String given, List<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(each -> distance(given, each))).orElseThrow();
    return new Usage(
        "%s '%s' is not known; did you mean '%s'?".formatted(what, printable(given), nearest));
  }

  private static String printable(String given) {
    String line = given.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 40 ? line : line.substring(0, 40) + "...";
  }

  /** How many letters to insert, remove or replace to make one of the other. */
  static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + same, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
