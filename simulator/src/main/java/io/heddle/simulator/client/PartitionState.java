package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** One assigned partition of a consumer: where it stands, and what has been fetched for it. */
final class PartitionState {
  private final TopicPartition partition;
  private final FetchedRecords fetched = new FetchedRecords();
  private boolean positioned;
  private long position;
  private Optional<Integer> lastEpoch = Optional.empty();
  private @Nullable Reset reset;
  private boolean paused;
  private Hold hold = Hold.NONE;
  private @Nullable Object lookup;
  private long start = -1;
  private long end = -1;
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
    reset = null;
    if (epoch.isEmpty()) {
      // Whoever leads now need not be asked.
      leader = null;
    }
    validation = epoch.isPresent() ? Validation.DUE : Validation.DONE;
    drop();
  }

  /** The leader from which it is read, as of its epoch, if one is known. */
  Optional<ClusterView.Leader> leader() {
    return Optional.ofNullable(leader);
  }

  /** Reads from this leader until another one is known to have what was read last. */
  void readFrom(ClusterView.Leader from) {
    leader = from;
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
      fetched.drop();
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

  /** Reads from there as soon as the offset is known. */
  void resetTo(Reset where) {
    positioned = false;
    validation = Validation.DONE;
    leader = null;
    reset = where;
    drop();
  }

  private void drop() {
    fetched.drop();
    lookup = null;
  }

  boolean positioned() {
    return positioned;
  }

  long position() {
    return position;
  }

  /** Where it is to go on as soon as somebody has found that out. */
  Optional<Reset> reset() {
    return Optional.ofNullable(positioned ? null : reset);
  }

  boolean needsCommitted() {
    return !positioned && reset == null;
  }

  /** Whether it needs that, and is here to stay. */
  boolean starting() {
    return needsCommitted() && hold != Hold.REVOKING;
  }

  /** Whether somebody is finding out where it goes on, or waits with asking again. */
  boolean lookingUp() {
    return lookup != null;
  }

  /**
   * That is asked for now.
   *
   * @param question what {@link #lookedUp} is to be told
   */
  void lookUp(Object question) {
    lookup = question;
  }

  /** May be asked for again, unless it has been sent elsewhere and another question counts. */
  void lookedUp(Object question) {
    if (lookup == question) {
      lookup = null;
    }
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

  /** Whether something is left of what a fetch has brought. */
  boolean has(FetchedPart part) {
    return fetched.has(part);
  }

  /** Where the log began when something was last fetched, or -1. */
  long start() {
    return start;
  }

  void fetched(List<FetchedBatch> batches, FetchedPart part) {
    fetched.add(batches, part);
  }

  /** Takes note of where the log begins and ends; returns whether it did elsewhere. */
  boolean bounds(long newStart, long newEnd) {
    boolean others = start != newStart || end != newEnd;
    start = newStart;
    end = newEnd;
    return others;
  }

  /** It is not assigned any more. */
  void release() {
    fetched.drop();
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
      RecordBatch batch = fetched.batch();
      LogRecord candidate = fetched.nextFrom(position);
      if (candidate != null) {
        return new Taken(
            candidate,
            batch.baseOffset() + candidate.offsetDelta(),
            batch.partitionLeaderEpoch(),
            batch.logAppendTime() ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME);
      }
      position = Math.max(position, batch.lastOffset() + 1);
      lastEpoch = Optional.of(batch.partitionLeaderEpoch());
      fetched.leaveBatch();
    }
    return null;
  }

  /** Moves past a record that {@link #peek} has shown. */
  void advancePast(Taken taken) {
    position = taken.offset() + 1;
    lastEpoch = Optional.of(taken.leaderEpoch());
    delivered = true;
    fetched.read();
  }
}
