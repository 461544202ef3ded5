package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** One assigned partition of a consumer: where it stands, and what has been fetched for it. */
final class PartitionState {
  private final TopicPartition partition;
  private final Deque<FetchedBatch> fetched = new ArrayDeque<>();
  private boolean positioned;
  private long position;
  private Optional<Integer> lastEpoch = Optional.empty();
  private @Nullable Long resetTimestamp;
  private boolean paused;
  private Hold hold = Hold.NONE;
  private boolean lookingUp;
  private long end = -1;
  private int nextInBatch;
  private boolean delivered;
  private Validation validation = Validation.DONE;
  private ClusterView.@Nullable Leader leader;

  /** Whether the log is known still to be the one that the position is about (KIP-320). */
  enum Validation {
    /** It is, as far as anybody can tell. */
    DONE,
    /** The leader may have changed since, which has yet to be looked at. */
    DUE,
    /** The leader is to be asked. */
    WANTED,
    /** The leader is being asked. */
    ASKED
  }

  /** Why it is not read although the application has not paused it. */
  private enum Hold {
    NONE,
    AWAITING_CALLBACK,
    REVOKING
  }

  PartitionState(TopicPartition partition) {
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Reads from here; what has been fetched for elsewhere is dropped. */
  void seek(long offset, Optional<Integer> epoch) {
    positioned = true;
    position = offset;
    lastEpoch = epoch;
    resetTimestamp = null;
    validation = epoch.isPresent() ? Validation.DUE : Validation.DONE;
    drop();
  }

  /**
   * Takes note of the leader; one that is new has to be asked whether it has what was read last.
   *
   * @param current empty if it is not known
   */
  void led(Optional<ClusterView.Leader> current) {
    if (current.isEmpty() || !positioned) {
      validation = validation == Validation.DUE ? Validation.DONE : validation;
      return;
    }
    ClusterView.Leader now = current.get();
    boolean same =
        leader != null && leader.broker() == now.broker() && leader.epoch() == now.epoch();
    if (same && validation != Validation.DUE) {
      return;
    }
    leader = now;
    validation = lastEpoch.isPresent() ? Validation.WANTED : Validation.DONE;
    if (validation == Validation.WANTED) {
      // What was fetched is not delivered until the position is known to be right.
      fetched.clear();
      nextInBatch = 0;
    }
  }

  /** Whether nobody has yet told of a leader since the position was set. */
  boolean leaderUnknown() {
    return positioned && leader == null;
  }

  Validation validation() {
    return validation;
  }

  void validation(Validation next) {
    validation = next;
  }

  /** Whether the application has had anything of it. */
  boolean hasDelivered() {
    return delivered;
  }

  /** Whether there is a position, and nothing speaks against it. */
  boolean valid() {
    return positioned && validation == Validation.DONE;
  }

  /** Goes back to where leader and client agree; nothing has to be asked again. */
  void seekBack(long offset, int epoch) {
    seek(offset, Optional.of(epoch));
    validation = Validation.DONE;
  }

  /** Reads from the start or the end of the log as soon as that is known. */
  void resetTo(long timestamp) {
    positioned = false;
    validation = Validation.DONE;
    leader = null;
    resetTimestamp = timestamp;
    drop();
  }

  private void drop() {
    fetched.clear();
    nextInBatch = 0;
    lookingUp = false;
  }

  boolean positioned() {
    return positioned;
  }

  long position() {
    return position;
  }

  /** The timestamp whose offset is to be looked up, if there is one. */
  @Nullable Long resetTimestamp() {
    return positioned ? null : resetTimestamp;
  }

  boolean needsCommitted() {
    return !positioned && resetTimestamp == null;
  }

  boolean lookingUp() {
    return lookingUp;
  }

  void lookingUp(boolean value) {
    lookingUp = value;
  }

  Optional<Integer> lastEpoch() {
    return lastEpoch;
  }

  boolean paused() {
    return paused;
  }

  void paused(boolean value) {
    paused = value;
  }

  /** Nothing more of it is for the application, which is about to lose it. */
  void revoking() {
    hold = Hold.REVOKING;
  }

  /** Nothing of it is for the application before its listener knows of it. */
  void awaitCallback() {
    if (hold == Hold.NONE) {
      hold = Hold.AWAITING_CALLBACK;
    }
  }

  void callbackDone() {
    if (hold == Hold.AWAITING_CALLBACK) {
      hold = Hold.NONE;
    }
  }

  /** Up to where the application could read when something was last fetched, or -1. */
  long end() {
    return end;
  }

  /** Whether to ask the leader for more. */
  boolean fetchable() {
    return valid() && !paused && hold == Hold.NONE && fetched.isEmpty();
  }

  /** Whether there is something for the application. */
  boolean deliverable() {
    return valid() && !paused && hold == Hold.NONE && !fetched.isEmpty();
  }

  void fetched(List<FetchedBatch> batches, long newEnd) {
    fetched.addAll(batches);
    end = newEnd;
  }

  /** Where the application goes on after what it has got, as it would commit it. */
  OffsetAndMetadata next() {
    return new OffsetAndMetadata(position, lastEpoch, "");
  }

  /** A record together with its offset and the leader epoch in which it was written. */
  record Taken(LogRecord record, long offset, int leaderEpoch, TimestampType timestampType) {}

  /** The next record for the application, if there is one; does not move the position. */
  @Nullable Taken peek() {
    while (!fetched.isEmpty()) {
      RecordBatch batch = fetched.peek().batch();
      while (fetched.peek().visible() && nextInBatch < batch.records().size()) {
        LogRecord candidate = batch.records().get(nextInBatch);
        long offset = batch.baseOffset() + candidate.offsetDelta();
        if (offset >= position) {
          return new Taken(
              candidate,
              offset,
              batch.partitionLeaderEpoch(),
              batch.logAppendTime() ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME);
        }
        nextInBatch++;
      }
      position = Math.max(position, batch.lastOffset() + 1);
      lastEpoch = Optional.of(batch.partitionLeaderEpoch());
      fetched.poll();
      nextInBatch = 0;
    }
    return null;
  }

  /** Moves past a record that {@link #peek} has shown. */
  void advancePast(Taken taken) {
    position = taken.offset() + 1;
    lastEpoch = Optional.of(taken.leaderEpoch());
    delivered = true;
    nextInBatch++;
  }
}
