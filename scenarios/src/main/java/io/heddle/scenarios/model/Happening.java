package io.heddle.scenarios.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a fault can follow ({@code when} in a file). */
public enum Happening {
  /** A member's consumer took partitions over. */
  ASSIGNED,
  /** A member is about to give partitions up. */
  REVOKING,
  /** A member has given partitions up in good order. */
  REVOKED,
  /** The group took partitions from a member without asking it. */
  LOST,
  /** A process died. */
  CRASHED,
  /** A member began to work on a record. */
  STARTED,
  /** A member's work on a record ended. */
  ENDED,
  /** A record is complete: its offset may be committed. */
  COMPLETED,
  /** The coordinator applied a member's commit. */
  COMMITTED,
  /** A log took a record; no member is concerned. */
  APPENDED;

  /** The name in files, such as {@code revoking}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is something that a member does or that happens to it. */
  public boolean hasMember() {
    return this != APPENDED;
  }

  /** The names of all. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Happening::label).toList();
  }
}
