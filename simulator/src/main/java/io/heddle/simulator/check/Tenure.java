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
    if (holds()) {
      lost = fact;
    }
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
