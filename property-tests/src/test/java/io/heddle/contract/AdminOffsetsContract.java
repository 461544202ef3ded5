package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** What an administrator can find out about the offsets of logs. */
interface AdminOffsetsContract extends Contract {
  private static ListOffsetsResultInfo find(
      KafkaArm kafka, TopicPartition partition, OffsetSpec spec, IsolationLevel isolation)
      throws Exception {
    return kafka
        .admin()
        .listOffsets(Map.of(partition, spec), new ListOffsetsOptions(isolation))
        .partitionResult(partition)
        .get();
  }

  private static ListOffsetsResultInfo latestTime(KafkaArm kafka, TopicPartition partition)
      throws Exception {
    return find(kafka, partition, OffsetSpec.maxTimestamp(), IsolationLevel.READ_UNCOMMITTED);
  }

  private static TopicPartition partitionAt(KafkaArm kafka, long... timestamps) throws Exception {
    return write(kafka, new TopicPartition(kafka.topic(1), 0), timestamps);
  }

  /** Old timestamps are kept here, and one much later than the first begins a new segment. */
  private static TopicPartition keptAt(KafkaArm kafka, long... timestamps) throws Exception {
    String topic = kafka.topic(1, Map.of("retention.ms", "-1", "segment.ms", "60000"));
    return write(kafka, new TopicPartition(topic, 0), timestamps);
  }

  private static TopicPartition write(KafkaArm kafka, TopicPartition partition, long... timestamps)
      throws Exception {
    try (Producer<String, String> producer = kafka.producer()) {
      for (long timestamp : timestamps) {
        producer.send(new ProducerRecord<>(partition.topic(), 0, timestamp, null, "v")).get();
      }
    }
    return partition;
  }

  @Test
  default void findsTheFirstRecordWithTheLatestTimestamp() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = partitionAt(kafka, 100, 300, 200, 300);

          ListOffsetsResultInfo found = latestTime(kafka, partition);

          assertThat(found.offset()).isEqualTo(1);
          assertThat(found.timestamp()).isEqualTo(300);
          assertThat(found.leaderEpoch()).isEqualTo(Optional.of(0));
        });
  }

  @Test
  default void findsItWithinABatchToo() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          try (Producer<String, String> producer = kafka.producer("linger.ms", "1000")) {
            for (long timestamp : new long[] {100, 300, 200, 300}) {
              var unused =
                  producer.send(new ProducerRecord<>(partition.topic(), 0, timestamp, null, "v"));
            }
          }

          assertThat(latestTime(kafka, partition).offset()).isEqualTo(1);
        });
  }

  @Test
  default void findsNoLatestTimestampInAnEmptyLog() throws Exception {
    run(
        kafka -> {
          ListOffsetsResultInfo found = latestTime(kafka, kafka.partitionWith());

          assertThat(found.offset()).isEqualTo(-1);
          assertThat(found.timestamp()).isEqualTo(-1);
          assertThat(found.leaderEpoch()).isEmpty();
        });
  }

  private static void deleteBefore(KafkaArm kafka, TopicPartition partition, long offset)
      throws Exception {
    kafka
        .admin()
        .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  private static long atOrAfter(KafkaArm kafka, TopicPartition partition, long timestamp)
      throws Exception {
    return find(
            kafka, partition, OffsetSpec.forTimestamp(timestamp), IsolationLevel.READ_UNCOMMITTED)
        .offset();
  }

  @Test
  default void findsTheLatestTimestampOfADeletedRecordWhileItsSegmentIsThere() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = keptAt(kafka, 300, 100);

          deleteBefore(kafka, partition, 1);
          assertThat(latestTime(kafka, partition).offset()).isZero();
          assertThat(latestTime(kafka, partition).timestamp()).isEqualTo(300);
          deleteBefore(kafka, partition, 2);
          assertThat(latestTime(kafka, partition).offset()).isZero();
        });
  }

  @Test
  default void findsTheLatestTimestampOfAllSegments() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = keptAt(kafka, 100, 200, 100_000, 50, 100_000);

          deleteBefore(kafka, partition, 3);

          assertThat(latestTime(kafka, partition).offset()).isEqualTo(2);
          assertThat(latestTime(kafka, partition).timestamp()).isEqualTo(100_000);
        });
  }

  @Test
  default void findsNoDeletedRecordByItsTime() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = keptAt(kafka, 300, 100, 200);

          deleteBefore(kafka, partition, 1);

          assertThat(atOrAfter(kafka, partition, 50)).isEqualTo(1);
          assertThat(atOrAfter(kafka, partition, 150)).isEqualTo(2);
          assertThat(atOrAfter(kafka, partition, 250)).isEqualTo(-1);
        });
  }

  @Test
  default void looksForATimeOnlyInTheFirstSegmentThatHasItOrHadIt() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = keptAt(kafka, 100, 300, 100, 100_000, 100);

          assertThat(atOrAfter(kafka, partition, 301)).isEqualTo(3);
          deleteBefore(kafka, partition, 2);
          assertThat(atOrAfter(kafka, partition, 301)).isEqualTo(3);
          assertThat(atOrAfter(kafka, partition, 100)).isEqualTo(2);
          // Offset 3 would do, but 1 was there before.
          assertThat(atOrAfter(kafka, partition, 200)).isEqualTo(-1);
          deleteBefore(kafka, partition, 3);
          assertThat(atOrAfter(kafka, partition, 100)).isEqualTo(-1);
          assertThat(atOrAfter(kafka, partition, 301)).isEqualTo(3);
        });
  }

  @Test
  default void failsAtOnceForATopicThatIsMissing() throws Exception {
    run(
        kafka -> {
          TopicPartition missing = new TopicPartition(kafka.unique("missing"), 0);

          assertThatThrownBy(() -> latestTime(kafka, missing))
              .hasCauseExactlyInstanceOf(UnknownTopicOrPartitionException.class)
              .hasRootCauseMessage(
                  "Failed to fetch metadata for partition "
                      + missing
                      + " because metadata for topic `"
                      + missing.topic()
                      + "` could not be found");
        });
  }

  @Test
  default void seesTheStableEndWhereTheIsolationSaysSo() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = partitionAt(kafka, 100);
          Producer<String, String> producer =
              kafka.producer("transactional.id", kafka.unique("id"));
          producer.initTransactions();
          producer.beginTransaction();
          producer.send(new ProducerRecord<>(partition.topic(), 0, 200L, null, "v")).get();

          for (IsolationLevel isolation : IsolationLevel.values()) {
            boolean all = isolation == IsolationLevel.READ_UNCOMMITTED;
            assertThat(find(kafka, partition, OffsetSpec.latest(), isolation).offset())
                .isEqualTo(all ? 2 : 1);
            assertThat(find(kafka, partition, OffsetSpec.forTimestamp(200), isolation).offset())
                .isEqualTo(all ? 1 : -1);
            assertThat(find(kafka, partition, OffsetSpec.maxTimestamp(), isolation).offset())
                .isEqualTo(all ? 1 : -1);
          }

          producer.commitTransaction();

          kafka.eventually("the marker", () -> stableEnd(kafka, partition) == 3);
          // The marker is the latest of all, since it has the time at which it was written.
          assertThat(latestTime(kafka, partition).offset()).isEqualTo(2);
        });
  }

  private static long stableEnd(KafkaArm kafka, TopicPartition partition) {
    try {
      return find(kafka, partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED).offset();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  default void findsTheEndsOfSeveralLogsAtOnce() throws Exception {
    run(
        kafka -> {
          TopicPartition one = kafka.partitionWith("a", "b");
          TopicPartition other = kafka.partitionWith("c");

          Map<TopicPartition, ListOffsetsResultInfo> found =
              kafka
                  .admin()
                  .listOffsets(Map.of(one, OffsetSpec.latest(), other, OffsetSpec.earliest()))
                  .all()
                  .get();

          assertThat(List.of(found.get(one).offset(), found.get(other).offset()))
              .isEqualTo(List.of(2L, 0L));
        });
  }
}
