package io.heddle.scenarios.model;

import java.util.List;

/** Twins are of static members: two members without an instance id have nothing in common. */
public final class TwinFaults {
  private TwinFaults() {}

  /** The faults that a group can have: without twins of members that are not static. */
  public static List<Fault> fitting(Group group, List<Fault> faults) {
    return faults.stream()
        .filter(fault -> !(fault.action() instanceof Action.StartTwin) || hasOne(group, fault))
        .toList();
  }

  private static boolean hasOne(Group group, Fault fault) {
    return group.memberNames().stream()
        .anyMatch(name -> fault.target().matches(name) && group.isStatic(name));
  }

  static void check(String at, Fault fault, Group group) {
    if (!(fault.action() instanceof Action.StartTwin) || hasOne(group, fault)) {
      return;
    }
    List<String> able = group.memberNames().stream().filter(group::isStatic).toList();
    Require.that(
        !able.isEmpty(),
        at
            + ".do needs a static member, as group.static: true makes each of them; was start-twin"
            + " in a group that has none");
    throw new IllegalArgumentException(
        at
            + ".member must be any or a static member ("
            + String.join(", ", able)
            + "), was "
            + fault.target().member());
  }
}
