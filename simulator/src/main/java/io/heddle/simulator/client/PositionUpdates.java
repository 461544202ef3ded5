package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a consumer of the consumer protocol finds out where to start reading: in the background, as
 * kafka-clients' {@code OffsetsRequestManager} does. The call that wants to know may be over before
 * the answer comes. What fails after its deadline is kept for whoever looks next, who then does not
 * look at all.
 */
final class PositionUpdates {
  private final ClientLink link;
  private final Positions positions;
  private final ConsumerSettings settings;
  private final Backoff backoff;
  private @Nullable RuntimeException kept;
  private @Nullable LookUp pending;

  /** One search for all positions that are missing. */
  static final class Update {
    private final long deadlineNanos;
    private boolean over;
    private @Nullable RuntimeException failure;

    private Update(long deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
    }

    /** When the call ends for which this was begun. */
    long deadlineNanos() {
      return deadlineNanos;
    }

    boolean over() {
      return over;
    }

    /** Whether it has failed with what is thrown; that time was up is not. */
    boolean failed() {
      return failure != null && !(failure instanceof TimeoutException);
    }

    void throwIfFailed() {
      RuntimeException thrown = failure;
      if (thrown != null && failed()) {
        throw thrown;
      }
    }

    private Update end(@Nullable RuntimeException with) {
      over = true;
      failure = with;
      return this;
    }
  }

  /** Committed offsets that are being asked for, and who waits for them. */
  private static final class LookUp {
    final List<TopicPartition> partitions;
    final long deadlineNanos;
    final List<Update> waiting = new ArrayList<>();
    long failures;

    LookUp(List<TopicPartition> partitions, long deadlineNanos) {
      this.partitions = partitions;
      this.deadlineNanos = deadlineNanos;
    }
  }

  PositionUpdates(ClientLink link, Positions positions, ConsumerSettings settings) {
    this.link = link;
    this.positions = positions;
    this.settings = settings;
    this.backoff = link.backoff(settings.times());
  }

  /** What a call does, again and again, until that time: looks, and throws why it finds nothing. */
  Runnable looking(long deadlineNanos) {
    List<Update> underWay = new ArrayList<>();
    return () -> {
      if (underWay.isEmpty()) {
        underWay.add(start(deadlineNanos));
      }
      if (underWay.get(0).over()) {
        underWay.remove(0).throwIfFailed();
      }
    };
  }

  /** Begins to look for what is missing, unless there is a failure that nobody was told of. */
  Update start(long deadlineNanos) {
    Update update = new Update(deadlineNanos);
    RuntimeException earlier = kept;
    if (earlier != null) {
      kept = null;
      return update.end(earlier);
    }
    try {
      positions.validate();
    } catch (RuntimeException failed) {
      return update.end(failed);
    }
    List<TopicPartition> starting = positions.starting();
    if (starting.isEmpty() || !positions.hasGroup()) {
      reset(update, starting);
    } else {
      lookUp(update, starting);
    }
    return update;
  }

  /** Those who look for the same share one answer, even if its first asker does not wait for it. */
  private void lookUp(Update update, List<TopicPartition> starting) {
    LookUp shared = pending;
    if (shared != null && shared.partitions.equals(starting)) {
      shared.waiting.add(update);
      return;
    }
    long patience = ClientLink.deadline(link.now(), settings.times().defaultApiTimeoutNanos());
    LookUp lookUp = new LookUp(starting, Math.max(update.deadlineNanos, patience));
    lookUp.waiting.add(update);
    pending = lookUp;
    ask(lookUp);
  }

  private void ask(LookUp lookUp) {
    if (link.now() >= lookUp.deadlineNanos) {
      failed(lookUp, new TimeoutException("Committed offsets could not be read in time"));
      return;
    }
    positions.whenCoordinatorKnown(
        found -> {
          if (!found) {
            ask(lookUp);
            return;
          }
          positions.committed(
              lookUp.partitions,
              offsets -> {
                over(lookUp);
                positions.startAt(offsets);
                lookUp.waiting.forEach(update -> reset(update, lookUp.partitions));
              },
              failure -> {
                if (failure instanceof RetriableException) {
                  var unused = link.later(backoff.nanos(lookUp.failures++), () -> ask(lookUp));
                } else {
                  failed(lookUp, failure);
                }
              });
        });
  }

  private void failed(LookUp lookUp, RuntimeException failure) {
    over(lookUp);
    lookUp.waiting.forEach(update -> end(update, failure));
  }

  private void over(LookUp lookUp) {
    if (pending == lookUp) {
      pending = null;
    }
  }

  /**
   * Those that still have no position go where the policy says, and others where they were sent.
   */
  private void reset(Update update, List<TopicPartition> started) {
    try {
      positions.resetByPolicy(started);
      positions.resetWhereWanted(() -> end(update, null));
    } catch (RuntimeException failed) {
      end(update, failed);
    }
  }

  private void end(Update update, @Nullable RuntimeException failure) {
    update.end(failure);
    if (failure != null && link.now() >= update.deadlineNanos) {
      kept = failure;
    }
    link.signal();
  }
}
