package io.heddle.simulator.history;

import java.util.Comparator;

/**
 * One life of one simulated process.
 *
 * @param name the name of the process, for example {@code m1}
 * @param incarnation 1 for its first life, one more after each restart
 */
public record Member(String name, int incarnation) implements Comparable<Member> {
  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::name).thenComparingInt(Member::incarnation);

  /** Refuses a blank name and an incarnation below 1. */
  public Member {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    if (incarnation < 1) {
      throw new IllegalArgumentException("incarnation must be at least 1, was " + incarnation);
    }
  }

  @Override
  public int compareTo(Member other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return incarnation == 1 ? name : name + "'" + incarnation;
  }
}
