package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionQueueTest {
  private final PartitionQueue queue = new PartitionQueue(new TopicPartition("t", 0));

  private List<PendingBatch> batches(int count) {
    List<PendingBatch> made = new ArrayList<>();
    LogRecord record = new LogRecord(0, 1, null, new byte[10], List.of());
    for (int i = 0; i < count; i++) {
      PendingBatch batch = queue.open(record, 10, i);
      batch.close();
      made.add(batch);
    }
    return made;
  }

  @Test
  void retriedBatchesGoBackInTheirOrder() {
    List<PendingBatch> made = batches(4);
    for (PendingBatch batch : made.subList(0, 3)) {
      queue.sent(batch, false);
      batch.baseSequence(made.indexOf(batch));
    }
    queue.retry(made.get(1));
    queue.retry(made.get(2));
    queue.retry(made.get(0));

    assertThat(queue.waiting()).containsExactlyElementsOf(made);
    assertThat(queue.head()).isSameAs(made.get(0));
  }

  @Test
  void looksAtFewOfManyForWhatIsOverdue() {
    List<PendingBatch> made = batches(10_000);

    assertThat(queue.waitingSince(-1)).containsExactly(made.get(0));
    assertThat(queue.waitingSince(1)).containsExactlyElementsOf(made.subList(0, 3));
  }

  @Test
  void looksBehindABatchThatWasRetried() {
    List<PendingBatch> made = batches(4);
    queue.sent(made.get(1), false);
    queue.sent(made.get(0), false);
    queue.retry(made.get(0));
    queue.retry(made.get(1));

    assertThat(queue.waitingSince(-1)).containsExactly(made.get(1), made.get(0), made.get(2));
  }

  @Test
  void forgetsWhatHasEnded() {
    List<PendingBatch> made = batches(3);
    queue.sent(made.get(0), false);
    queue.ended(made.get(0));
    queue.ended(made.get(2));

    assertThat(queue.waiting()).containsExactly(made.get(1));
    assertThat(queue.hasInFlight()).isFalse();
  }
}
