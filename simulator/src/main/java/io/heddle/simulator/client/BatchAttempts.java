package io.heddle.simulator.client;

/**
 * How often a batch was sent, and when it may be sent again: after a while, which grows with each
 * attempt, but at once where a newer leader is known than the one that was asked (KIP-951).
 */
final class BatchAttempts {
  private int count;
  private int leaderEpoch = -1;
  private int countAtLeader;
  private long notBeforeNanos;

  int count() {
    return count;
  }

  /** Whether it was sent before. */
  boolean any() {
    return count > 0;
  }

  void sent() {
    count++;
  }

  /** Whom it would go to now. */
  void led(ClusterView.Leader leader) {
    if (leader.epoch() > leaderEpoch) {
      leaderEpoch = leader.epoch();
      countAtLeader = count;
    }
  }

  /** The last attempt has failed, and there will be another one. */
  void failed(long nowNanos, Backoff backoff) {
    notBeforeNanos = leaderIsNew() ? nowNanos : nowNanos + backoff.nanos(count - 1);
  }

  private boolean leaderIsNew() {
    return any() && count == countAtLeader;
  }

  /** When it may be sent again; 0 if that is not put off. */
  long notBeforeNanos() {
    return leaderIsNew() ? 0 : notBeforeNanos;
  }
}
