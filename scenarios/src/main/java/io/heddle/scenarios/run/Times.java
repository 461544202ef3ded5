package io.heddle.scenarios.run;

/** How often something happened, for a message. */
final class Times {
  private Times() {}

  /** As in {@code never reached}, {@code reached once}, {@code reached 3 times}. */
  static String of(String done, long count) {
    return count == 0 ? "never " + done : done + " " + of(count);
  }

  /** As in {@code once}, {@code 3 times}. */
  static String of(long count) {
    return count == 1 ? "once" : count + " times";
  }
}
