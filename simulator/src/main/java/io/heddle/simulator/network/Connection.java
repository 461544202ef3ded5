package io.heddle.simulator.network;

/**
 * What keeps messages between one client and one broker in order, as TCP does: no two arrive at the
 * same time, for what happens at the same time happens in any order.
 */
final class Connection {
  private long lastRequestNanos;
  private long lastReplyNanos;

  /** When a request that would arrive at that time really arrives. */
  long requestAt(long nanos) {
    lastRequestNanos = Math.max(lastRequestNanos + 1, nanos);
    return lastRequestNanos;
  }

  /** When a reply that would arrive at that time really arrives. */
  long replyAt(long nanos) {
    lastReplyNanos = Math.max(lastReplyNanos + 1, nanos);
    return lastReplyNanos;
  }
}
