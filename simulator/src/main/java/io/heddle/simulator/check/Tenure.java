package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time in which one member holds one partition, from an assignment on. The first assignment has
 * epoch 1; a member that was never assigned the partition has a tenure of epoch 0.
 */
final class Tenure {
  private final Member member;
  private final int epoch;
  private final Fact.@Nullable Assigned since;
  private Fact.@Nullable RevokeStarted revoking;
  private Fact.@Nullable Revoked revoked;
  private Fact.@Nullable Lost lost;

  Tenure(Member member, int epoch, Fact.@Nullable Assigned since) {
    this.member = member;
    this.epoch = epoch;
    this.since = since;
  }

  Member member() {
    return member;
  }

  int epoch() {
    return epoch;
  }

  /** Returns the assignment that began it, or null in epoch 0. */
  Fact.@Nullable Assigned since() {
    return since;
  }

  /** Returns the generation of the assignment that began it, or -1 in epoch 0. */
  int generation() {
    return since == null ? -1 : since.generation();
  }

  /** Returns whether another one began in a later generation before this one began to end. */
  boolean isGivenAwayTo(Tenure other) {
    Fact.Assigned taken = other.since;
    return since != null
        && taken != null
        && since.generation() < taken.generation()
        && lost == null
        && isLater(revoking, taken)
        && isLater(revoked, taken);
  }

  private static boolean isLater(@Nullable Fact end, Fact.Assigned taken) {
    return end == null || end.atNanos() > taken.atNanos();
  }

  Fact.@Nullable RevokeStarted revoking() {
    return revoking;
  }

  Fact.@Nullable Revoked revoked() {
    return revoked;
  }

  Fact.@Nullable Lost lost() {
    return lost;
  }

  /** Returns whether it goes on; a revoke that has not returned does not end it. */
  boolean holds() {
    return revoked == null && lost == null;
  }

  void revokeStarted(Fact.RevokeStarted fact) {
    if (holds() && revoking == null) {
      revoking = fact;
    }
  }

  /** Ends it in good order, unless it had ended before. */
  void revoked(Fact.Revoked fact) {
    if (holds()) {
      revoked = fact;
    }
  }

  /** Ends it without having asked the member, unless it had ended before. */
  void lost(Fact.Lost fact) {
    boolean decided = lost != null && lost.byMember() && !fact.byMember();
    if (holds() || decided) {
      lost = fact;
    }
  }

  /** Goes on, since whoever ended it without asking the member has forgotten that. */
  void regained() {
    lost = null;
  }

  /**
   * Returns the fact that shows where this tenure stands: its end, the revoke under way, or null.
   */
  @Nullable Fact closing() {
    if (lost != null) {
      return lost;
    }
    return revoked != null ? revoked : revoking;
  }

  /** Returns how long the revoke took that ended it; zero if its start is not known. */
  long revokeNanos() {
    return revoking == null ? 0 : Objects.requireNonNull(revoked).atNanos() - revoking.atNanos();
  }
}
