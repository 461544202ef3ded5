package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.batch;
import static io.heddle.simulator.protocol.ListOffsetsRequest.MAX_TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteRecordsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import io.heddle.simulator.protocol.ListOffsetsResponse.PartitionOffset;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private final TestCluster test = new TestCluster(ClusterSettings.defaults());

  private void orders(String... configs) {
    Map<String, String> all = new java.util.TreeMap<>();
    for (int i = 0; i < configs.length; i += 2) {
      all.put(configs[i], configs[i + 1]);
    }
    test.cluster.createTopic("orders", 3, 1, all);
  }

  private RecordBatch at(long seconds, String value) {
    return batch(-1, -1, -1, 1_000_000 + seconds * 1_000, value);
  }

  @Test
  void recordsGoWhenAllOfTheirSegmentAreTooOld() {
    orders("retention.ms", "10000", "segment.ms", "5000");
    test.produce(P0, at(0, "a"));
    test.produce(P0, at(4, "b"));
    test.produce(P0, at(6, "c"));
    test.produce(P0, at(25, "d"));

    // The first look is after half a minute, by which a to c, in two segments, are too old.
    test.time.advanceMs(29_000);
    assertThat(test.cluster.logStartOffset(P0)).isZero();
    test.time.advanceMs(1_000);
    assertThat(test.cluster.logStartOffset(P0)).isEqualTo(3);
    assertThat(test.cluster.endOffset(P0)).isEqualTo(4);
    // The active segment goes as well; offsets go on where they were.
    test.time.advanceMs(300_000);
    assertThat(test.cluster.logStartOffset(P0)).isEqualTo(4);
    assertThat(test.produce(P0, batch("e")).baseOffset()).isEqualTo(4);
  }

  private PartitionOffset find(long timestamp) {
    ListOffsetsResponse response =
        test.get(new ListOffsetsRequest(Map.of(P0, timestamp)), ListOffsetsResponse.class);
    return Objects.requireNonNull(response.partitions().get(P0));
  }

  private void deleteBefore(long offset) {
    test.get(new DeleteRecordsRequest(Map.of(P0, offset)), DeleteRecordsResponse.class);
  }

  @Test
  void theTimesOfDeletedRecordsGoWithTheirSegment() {
    orders(
        "retention.ms", "-1", "internal.segment.bytes", String.valueOf(batch("a").sizeInBytes()));
    test.produce(P0, at(9, "a"));
    test.produce(P0, at(4, "b"));
    test.produce(P0, at(9, "c"));

    deleteBefore(1);

    assertThat(find(MAX_TIMESTAMP)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 1_009_000, 0, 0));
    assertThat(find(1_003_000).offset()).as("the first segment had it").isEqualTo(-1);
    test.time.advanceMs(30_000);
    assertThat(find(MAX_TIMESTAMP)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 1_009_000, 2, 0));
    assertThat(find(1_003_000)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 1_004_000, 1, 0));
  }

  @Test
  void whatIsGoneIsOutOfRangeAndTold() {
    orders("retention.ms", "10000");
    test.produce(P0, at(0, "a"));
    test.time.advanceMs(30_000);

    var answer = test.read(P0, 0);

    assertThat(answer.error()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(test.time.allFacts())
        .filteredOn(fact -> fact instanceof Fact.Removed)
        .containsExactly(new Fact.Removed(30_000_000_000L, P0, 0, 1));
  }

  @Test
  void theOldestSegmentsGoWhenTheLogIsTooLarge() {
    RecordBatch one = batch("a");
    int size = one.sizeInBytes();
    orders(
        "retention.bytes", String.valueOf(2 * size),
        "internal.segment.bytes", String.valueOf(size));
    for (int i = 0; i < 5; i++) {
      test.produce(P0, one);
    }

    test.time.advanceMs(30_000);

    assertThat(test.cluster.logStartOffset(P0)).isEqualTo(3);
  }

  @Test
  void whatTheClusterSaysHoldsForTopicsThatSayNothing() {
    TestCluster other =
        TestCluster.withOrders(
            ClusterSettings.defaults()
                .withLogs(
                    LogSettings.defaults().withTopicDefaults(Map.of("retention.ms", "1000"))));
    other.produce(P0, batch("a"));
    other.cluster.createTopic("kept", 1, 1, Map.of("retention.ms", "-1"));

    other.time.advanceMs(30_000);

    assertThat(other.cluster.logStartOffset(P0)).isEqualTo(1);
    assertThat(other.cluster.topicConfig("orders").all()).containsEntry("retention.ms", "1000");
    assertThat(other.cluster.topicConfig("kept").all()).containsEntry("retention.ms", "-1");
  }

  @Test
  void aChangedConfigHoldsFromThenOn() {
    orders();
    test.produce(P0, batch("a"));
    test.cluster.configureTopic("orders", TopicConfig.of(Map.of("retention.ms", "1")));

    test.time.advanceMs(30_000);

    assertThat(test.cluster.logStartOffset(P0)).isEqualTo(1);
    assertThat(test.cluster.topicOverrides("orders").overrides())
        .isEqualTo(Map.of("retention.ms", "1"));
  }

  @Test
  void recordsOfACompactedTopicAreNotDeleted() {
    orders("cleanup.policy", "compact");
    test.produce(P0, batch("a"));

    DeleteRecordsResponse response =
        test.get(new DeleteRecordsRequest(Map.of(P0, 1L)), DeleteRecordsResponse.class);

    assertThat(response.partitions().get(P0))
        .matches(it -> it.error() == ErrorCode.POLICY_VIOLATION);
  }

  @Test
  void timestampsAreTheBrokersWhereTheTopicSaysSo() {
    orders("message.timestamp.type", "LogAppendTime");
    test.time.advanceMs(7_000);

    var result = test.produce(P0, at(0, "a"));

    assertThat(result.logAppendTimeMs()).isEqualTo(1_007_000);
    RecordBatch read = test.read(P0, 0).batches().get(0);
    assertThat(read.logAppendTime()).isTrue();
    assertThat(read.records().get(0).timestamp()).isEqualTo(1_007_000);
  }

  @Test
  void timestampsTooFarFromTheBrokersAreRefused() {
    orders("message.timestamp.before.max.ms", "1000");

    assertThat(test.produce(P0, at(3_601, "late")).error()).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
    assertThat(test.produce(P0, at(-2, "early")).error()).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
    assertThat(test.produce(P0, at(3_600, "fits")).error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aTopicHasALimitForBatchesOfItsOwn() {
    orders("max.message.bytes", "10");

    assertThat(test.produce(P0, batch("a")).error()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
  }

  @Test
  void partitionsAreAddedToATopic() {
    orders();

    test.cluster.addPartitions("orders", 5);

    assertThat(test.cluster.partitionsOf("orders")).isEqualTo(5);
    assertThat(test.produce(new org.apache.kafka.common.TopicPartition("orders", 4), batch("a")))
        .matches(result -> result.baseOffset() == 0);
  }
}
