package io.heddle.scenarios.run;

/**
 * The names under which the work on a key is told. Each stage that a record goes through is an
 * execution of its key by itself, and so is its finalizer: within each of them records of one key
 * are one at a time and in order, while the next record may be in an earlier one.
 */
final class Lanes {
  private static final String FINALIZER = "#end";

  private Lanes() {}

  /** Of the stage with this number, counted from 1; the first one has the key's own name. */
  static String stage(String key, int number) {
    return number == 1 ? key : key + "#" + number;
  }

  static String finalizer(String key) {
    return key + FINALIZER;
  }

  /** Whether it is the first thing that is done with a record. */
  static boolean isFirst(String lane) {
    int mark = lane.lastIndexOf('#');
    return mark < 0
        || !(lane.endsWith(FINALIZER)
            || (mark == lane.length() - 2 && Character.isDigit(lane.charAt(mark + 1))));
  }
}
