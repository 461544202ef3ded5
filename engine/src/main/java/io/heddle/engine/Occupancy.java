package io.heddle.engine;

import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has under way, and who is told when that is over. Of the strand, except that any
 * thread may ask {@link #isDrained} and the poll thread calls {@link #announceEnd}.
 */
final class Occupancy {
  private final Engine engine;
  private final TopicPartition partition;
  private final IntakeGate gate;
  private int live;
  private int finishedRecords;
  private long finishedBytes;
  private volatile boolean drained;
  private @Nullable PartitionWorker successor;
  private volatile boolean endUnannounced;

  Occupancy(Engine engine, TopicPartition partition, IntakeGate gate) {
    this.engine = engine;
    this.partition = partition;
    this.gate = gate;
  }

  IntakeGate gate() {
    return gate;
  }

  /** One more event, or job that goes on after its event was answered. */
  void entered() {
    live++;
  }

  void left() {
    live--;
  }

  /** This record is complete. */
  void finished(ConsumerRecord<byte[], byte[]> record) {
    finishedRecords++;
    finishedBytes += RecordBatch.bytesOf(record);
  }

  /** Tells the gate, at the end of a turn, what was finished in it. */
  void publish(long behindGap) {
    gate.setBehindGap(behindGap);
    if (finishedRecords > 0) {
      int records = finishedRecords;
      long bytes = finishedBytes;
      finishedRecords = 0;
      finishedBytes = 0;
      engine.observatory().completed(records);
      gate.finished(records, bytes);
    }
  }

  /** A new ownership takes the place of this one, and must not seem idle while this is not. */
  void succeededBy(PartitionWorker next) {
    successor = next;
  }

  /** A turn has ended in which nothing was left to be taken up. */
  void idle(boolean dropped) {
    if (live > 0) {
      return;
    }
    if (!drained) {
      drained = true;
      engine.monitor().signal();
      engine.waker().wake();
    }
    if (dropped && endUnannounced) {
      endUnannounced = false;
      engine.listener().revoked(Set.of(partition));
      engine.stragglers().gone();
    }
    if (dropped && successor != null) {
      successor.post(worker -> worker.occupancy().left());
      successor = null;
    }
  }

  /** The strand will not run again, so nobody will hear of the end. */
  void strandDied() {
    drained = true;
    if (endUnannounced) {
      endUnannounced = false;
      engine.stragglers().gone();
    }
  }

  boolean isEndUnannounced() {
    return endUnannounced;
  }

  /** Whether nothing runs any more, or nobody can find out. Any thread. */
  boolean isDrained() {
    return drained;
  }

  /**
   * Has the listener told, on the strand, when nothing of this partition runs any more. To be
   * called before the partition is dropped, if it is not drained; poll thread.
   */
  void announceEnd() {
    engine.stragglers().left();
    endUnannounced = true;
  }
}
