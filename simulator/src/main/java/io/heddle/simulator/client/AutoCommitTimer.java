package io.heddle.simulator.client;

/**
 * When a consumer next commits by itself. The timer starts anew with each commit, and when a
 * rebalance has given the consumer its partitions.
 */
final class AutoCommitTimer {
  /** Kafka's timers count milliseconds; an interval of nothing lets one pass here. */
  private static final long SHORTEST_NANOS = 1_000_000;

  private final ClientLink link;
  private final ConsumerSettings settings;
  private long nextNanos;
  private boolean underWay;

  AutoCommitTimer(ClientLink link, ConsumerSettings settings) {
    this.link = link;
    this.settings = settings;
    restart();
  }

  void restart() {
    restart(settings.autoCommit().intervalNanos());
  }

  void restart(long nanos) {
    nextNanos = link.now() + Math.max(nanos, SHORTEST_NANOS);
  }

  /** A commit of the consumer's own is under way; by the consumer protocol others wait for it. */
  void underWay(boolean value) {
    underWay = value;
  }

  boolean due() {
    return settings.autoCommit().enabled() && !waits() && link.now() >= nextNanos;
  }

  /** When to look again, unless something happens before. */
  long nextNanos() {
    return !settings.autoCommit().enabled() || waits() ? Long.MAX_VALUE : nextNanos;
  }

  private boolean waits() {
    return underWay && settings.group().consumerProtocol();
  }
}
