package io.heddle.scenarios.model;

/**
 * Whom a fault is for: a member by name, or {@code any}. On requests, {@code any} matches every
 * member; otherwise it means one that is drawn at random. Limits can be changed for {@code all}.
 */
public record Target(String member) {
  /** Any member. */
  public static final Target ANY = new Target("any");

  /** Every member there is. */
  public static final Target ALL = new Target("all");

  /** Refuses what is no name. */
  public Target {
    Require.name("member", member);
  }

  /** Whether no member is named. */
  public boolean isAny() {
    return member.equals("any");
  }

  /** Whether it is every member there is. */
  public boolean isAll() {
    return member.equals("all");
  }

  /** Whether it is one member, by its name. */
  public boolean isNamed() {
    return !isAny() && !isAll();
  }

  /** Whether the fault can be for the member of this name. */
  public boolean matches(String name) {
    return !isNamed() || member.equals(name);
  }
}
