package io.heddle.engine;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the persistent stores of a partition have what their change logs have, while the
 * partition's events change both. Of the strand.
 *
 * <p>Why a place is never too far. Restored is all that the log has below the place where this
 * begins. With exactly-once delivery what others write behind that is aborted, since the group
 * refuses their offsets; so all there is up to the last change of a committed transaction is ours,
 * and in the store. At least once nobody refuses a member that has been given up without knowing
 * it: so the place moves only over changes that follow each other without a gap, and stays in front
 * of the first that is not ours until the next restore reads it.
 */
final class StorePlaces {
  private static final Logger LOG = LoggerFactory.getLogger(StorePlaces.class);

  /** A store and its place. */
  static final class Slot {
    private final StoreConfig config;
    private final PersistentStateStore store;
    private final TopicPartition changeLog;
    private final Optional<Uuid> topicId;
    private final Deque<SentChanges> sent = new ArrayDeque<>();
    private long next;
    private boolean stays;
    private long noted = ChangeOffsets.NONE;

    /**
     * A store that has all before this offset.
     *
     * @param topicId the change log's, if it is known
     */
    Slot(
        StoreConfig config,
        PersistentStateStore store,
        TopicPartition changeLog,
        Optional<Uuid> topicId,
        long next) {
      this.config = config;
      this.store = store;
      this.changeLog = changeLog;
      this.topicId = topicId;
      this.next = next;
    }
  }

  private final List<@Nullable Slot> slots;
  private final Clock clock;
  private long callback;

  /** Of these, in the order of the handles; null for stores that are not persistent. */
  StorePlaces(List<@Nullable Slot> slots, Clock clock) {
    this.slots = slots;
    this.clock = clock;
  }

  /** Whether the store of this index is persistent. */
  boolean has(int index) {
    return slots.get(index) != null;
  }

  /** For the transactions of a new ownership. */
  ChangeOffsets newOffsets() {
    List<String> topics = new ArrayList<>();
    for (Slot slot : slots) {
      topics.add(slot == null ? "" : slot.config.changeLog());
    }
    return new ChangeOffsets(topics);
  }

  /** One more callback has returned: the number that its writes are kept by. */
  long nextCallback() {
    return ++callback;
  }

  /** What the last callback has sent to this topic, or null if that is no change log of these. */
  @Nullable SentChanges sent(String topic) {
    for (Slot slot : slots) {
      if (slot != null && slot.config.changeLog().equals(topic)) {
        SentChanges last = slot.sent.peekLast();
        if (last == null || last.callback() != callback) {
          last = new SentChanges(callback);
          slot.sent.add(last);
        }
        last.countOne();
        return last;
      }
    }
    return null;
  }

  /** Whether something was sent that {@link #writeAcknowledged} has not written yet. */
  boolean isBehind() {
    return slots.stream().anyMatch(slot -> slot != null && !slot.sent.isEmpty());
  }

  /** Writes down what is acknowledged of all that comes before it. */
  void writeAcknowledged() {
    for (Slot slot : slots) {
      if (slot != null) {
        long last = -1;
        for (SentChanges next = slot.sent.peek();
            next != null && next.areAcknowledged();
            next = slot.sent.peek()) {
          last = slot.sent.remove().callback();
          if (next.first() < slot.next) {
            cut(slot, next.first());
          } else if (!slot.stays && next.first() == slot.next && next.areTogether()) {
            slot.next = next.last() + 1;
          } else {
            slot.stays = true;
          }
        }
        if (last >= 0) {
          slot.store.commit(last + 1);
          write(slot);
        }
      }
    }
  }

  /** Writes down what a transaction has changed, whose changes got these offsets. */
  void writeCommitted(long[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      Slot slot = slots.get(i);
      if (slot != null && offsets[i] != slot.noted) {
        slot.noted = offsets[i];
        if (slot.noted < slot.next) {
          cut(slot, slot.noted);
        } else {
          slot.next = slot.noted + 1;
        }
        write(slot);
      }
    }
  }

  /** Another ownership goes on with the stores, whose transactions note their own offsets. */
  void forgetOffsets() {
    for (Slot slot : slots) {
      if (slot != null) {
        slot.noted = ChangeOffsets.NONE;
      }
    }
  }

  private static void cut(Slot slot, long offset) {
    if (slot.next != Long.MAX_VALUE) {
      LOG.warn(
          "Change log {} was cut: a change got offset {} after {}. Store '{}' is made anew at the"
              + " next restore",
          slot.changeLog,
          offset,
          slot.next - 1,
          slot.config.name());
      slot.next = Long.MAX_VALUE;
    }
  }

  private void write(Slot slot) {
    try {
      slot.store.write(new ChangeLogPlace(slot.topicId, slot.next, clock.instant()));
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreWriteException(
          slot.config.name(),
          slot.changeLog,
          "write down its changes up to %s@%d".formatted(slot.changeLog, slot.next),
          e);
    }
  }
}
