package io.heddle.simulator.client;

import io.heddle.simulator.client.PositionUpdates.Update;
import org.jspecify.annotations.Nullable;

/**
 * What polls do about positions. By the classic protocol a poll waits for them. By the consumer
 * protocol it begins an update in the background, one at a time, and looks at it now and then, as
 * kafka-clients does with its {@code AsyncPollEvent}: a poll that is over before it looks again
 * leaves a failure to the next one, which throws it before it does anything else.
 *
 * <p>A real poll looks again when something has been fetched, when its member's next heartbeat is
 * due, or after the retry back-off. Here it is the last of these, always.
 */
final class PollUpdates {
  private final ClientLink link;
  private final Positions positions;
  private final long backoffNanos;
  private @Nullable Update underWay;
  private long looksNanos;

  PollUpdates(ClientLink link, Positions positions, ConsumerSettings settings) {
    this.link = link;
    this.positions = positions;
    this.backoffNanos = settings.times().retryBackoffNanos();
  }

  /** A poll begins: throws what an earlier one has left. */
  void begin() {
    Update left = underWay;
    if (left != null && (left.over() || link.now() >= left.deadlineNanos())) {
      underWay = null;
      left.throwIfFailed();
    }
  }

  /** Goes on looking for positions; returns whether what has one may be fetched. */
  boolean advance(long deadlineNanos) {
    PositionUpdates updates = positions.updates();
    if (updates == null) {
      positions.update(deadlineNanos);
      return true;
    }
    if (underWay == null || (underWay.over() && !underWay.failed())) {
      looksNanos = ClientLink.deadline(link.now(), backoffNanos);
      underWay = updates.start(deadlineNanos);
    } else if (underWay.over() && link.now() >= looksNanos && link.now() < deadlineNanos) {
      Update failed = underWay;
      underWay = null;
      failed.throwIfFailed();
    }
    return underWay == null || (underWay.over() && !underWay.failed());
  }

  /** When a poll has to look again, if nothing happens until then. */
  long nextNanos() {
    return underWay != null && underWay.over() && underWay.failed() && link.now() < looksNanos
        ? looksNanos
        : Long.MAX_VALUE;
  }

  /** A poll has thrown something else: what its update comes to is nobody's business now. */
  void drop() {
    underWay = null;
  }
}
