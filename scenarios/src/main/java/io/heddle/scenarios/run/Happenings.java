package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Happening;
import io.heddle.simulator.history.Fact;

/** What of a run's facts a fault can follow. */
final class Happenings {
  private Happenings() {}

  static boolean is(Happening happening, Fact fact) {
    return switch (happening) {
      case ASSIGNED -> fact instanceof Fact.Assigned;
      case REVOKING -> fact instanceof Fact.RevokeStarted;
      case REVOKED -> fact instanceof Fact.Revoked;
      case LOST -> fact instanceof Fact.Lost;
      case CRASHED -> fact instanceof Fact.Crashed;
      case STARTED -> fact instanceof Fact.Started started && Lanes.isFirst(started.key());
      case ENDED -> fact instanceof Fact.Ended ended && Lanes.isFirst(ended.key());
      case COMPLETED -> fact instanceof Fact.Completed;
      case COMMITTED -> fact instanceof Fact.Committed;
      case APPENDED -> fact instanceof Fact.Appended;
    };
  }

  /** The name of the process that the fact concerns; empty if it concerns none. */
  static String member(Fact fact) {
    if (fact instanceof Fact.Assigned assigned) {
      return assigned.member().name();
    } else if (fact instanceof Fact.RevokeStarted revoking) {
      return revoking.member().name();
    } else if (fact instanceof Fact.Revoked revoked) {
      return revoked.member().name();
    } else if (fact instanceof Fact.Lost lost) {
      return lost.member().name();
    } else if (fact instanceof Fact.Crashed crashed) {
      return crashed.member().name();
    } else if (fact instanceof Fact.Started started) {
      return started.member().name();
    } else if (fact instanceof Fact.Ended ended) {
      return ended.member().name();
    } else if (fact instanceof Fact.Completed completed) {
      return completed.member().name();
    } else if (fact instanceof Fact.Committed committed) {
      return committed.member().name();
    }
    return "";
  }
}
