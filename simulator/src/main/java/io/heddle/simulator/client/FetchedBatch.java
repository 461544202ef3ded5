package io.heddle.simulator.client;

import io.heddle.simulator.protocol.FetchResponse.AbortedTransaction;
import io.heddle.simulator.protocol.FetchResponse.PartitionData;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.apache.kafka.common.IsolationLevel;

/**
 * A batch that was fetched.
 *
 * @param visible whether the application gets to see its records; markers are for nobody, and what
 *     was aborted is not for readers of committed records
 */
record FetchedBatch(RecordBatch batch, boolean visible) {
  /** What the application gets to see of a response: brokers send aborted records, too. */
  static List<FetchedBatch> visible(PartitionData data, IsolationLevel isolation) {
    PriorityQueue<AbortedTransaction> yetToBegin =
        new PriorityQueue<>(
            Comparator.comparingLong(AbortedTransaction::firstOffset)
                .thenComparingLong(AbortedTransaction::producerId));
    if (isolation == IsolationLevel.READ_COMMITTED) {
      yetToBegin.addAll(data.abortedTransactions());
    }
    TreeSet<Long> aborted = new TreeSet<>();
    List<FetchedBatch> batches = new ArrayList<>();
    for (RecordBatch batch : data.batches()) {
      AbortedTransaction next = yetToBegin.peek();
      while (next != null && next.firstOffset() <= batch.lastOffset()) {
        aborted.add(next.producerId());
        yetToBegin.remove();
        next = yetToBegin.peek();
      }
      if (batch.kind() == RecordBatch.Kind.ABORT_MARKER) {
        aborted.remove(batch.producerId());
      }
      boolean hidden = batch.isTransactional() && aborted.contains(batch.producerId());
      batches.add(new FetchedBatch(batch, !hidden && !batch.isControl()));
    }
    return batches;
  }
}
