package io.heddle.scenarios.model;

/**
 * Whom a fault is for: a member by name, or {@code any}. On requests, {@code any} matches every
 * member; otherwise it means one that is drawn at random.
 */
public record Target(String member) {
  /** Any member. */
  public static final Target ANY = new Target("any");

  /** Refuses what is no name. */
  public Target {
    Require.name("member", member);
  }

  /** Whether no member is named. */
  public boolean isAny() {
    return member.equals("any");
  }

  /** Whether the fault can be for the member of this name. */
  public boolean matches(String name) {
    return isAny() || member.equals(name);
  }
}
