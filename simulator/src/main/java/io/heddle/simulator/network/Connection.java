package io.heddle.simulator.network;

/** What keeps messages between one client and one broker in order, as TCP does. */
final class Connection {
  private long lastRequestNanos;
  private long lastReplyNanos;

  /** When a request that would arrive at that time really arrives. */
  long requestAt(long nanos) {
    lastRequestNanos = Math.max(lastRequestNanos, nanos);
    return lastRequestNanos;
  }

  /** When a reply that would arrive at that time really arrives. */
  long replyAt(long nanos) {
    lastReplyNanos = Math.max(lastReplyNanos, nanos);
    return lastReplyNanos;
  }
}
