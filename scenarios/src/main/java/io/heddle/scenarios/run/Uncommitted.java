package io.heddle.scenarios.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records that were drawn to be in a transaction that is not committed: nobody who reads
 * committed ones only may be given one. Thread-safe.
 */
final class Uncommitted {
  private record Id(int workload, long sequence) {}

  private final Promises promises;
  private final boolean committedOnly;
  // Only looked up.
  private final Set<Id> records = ConcurrentHashMap.newKeySet();

  /**
   * @param committedOnly whether all members read committed records only
   */
  Uncommitted(Promises promises, boolean committedOnly) {
    this.promises = promises;
    this.committedOnly = committedOnly;
  }

  /** Whether nobody is given a record before its transaction is committed. */
  boolean isWaitedFor() {
    return committedOnly;
  }

  /** It is about to be sent, and will not be committed. */
  void sending(Payload payload) {
    if (committedOnly) {
      records.add(new Id(payload.workload(), payload.sequence()));
    }
  }

  /** A member was given it. */
  void seen(Payload payload) {
    promises.check(
        !committedOnly || !records.contains(new Id(payload.workload(), payload.sequence())),
        "read-committed",
        () -> payload + " was given to a member, and its transaction was not committed");
  }
}
