package io.heddle.simulator.client;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
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
  private boolean revoking;
  private boolean lookingUp;
  private long end = -1;
  private int nextInBatch;

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
    drop();
  }

  /** Reads from the start or the end of the log as soon as that is known. */
  void resetTo(long timestamp) {
    positioned = false;
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

  void revoking() {
    revoking = true;
  }

  /** Up to where the application could read when something was last fetched, or -1. */
  long end() {
    return end;
  }

  /** Whether to ask the leader for more. */
  boolean fetchable() {
    return positioned && !paused && !revoking && fetched.isEmpty();
  }

  /** Whether there is something for the application. */
  boolean deliverable() {
    return positioned && !paused && !revoking && !fetched.isEmpty();
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
  record Taken(LogRecord record, long offset, int leaderEpoch) {}

  /** The next record for the application, if there is one; does not move the position. */
  @Nullable Taken peek() {
    while (!fetched.isEmpty()) {
      RecordBatch batch = fetched.peek().batch();
      while (fetched.peek().visible() && nextInBatch < batch.records().size()) {
        LogRecord candidate = batch.records().get(nextInBatch);
        long offset = batch.baseOffset() + candidate.offsetDelta();
        if (offset >= position) {
          return new Taken(candidate, offset, batch.partitionLeaderEpoch());
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
    nextInBatch++;
  }
}
