package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.batch;
import static io.heddle.simulator.protocol.ListOffsetsRequest.EARLIEST;
import static io.heddle.simulator.protocol.ListOffsetsRequest.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.DeleteRecordsRequest;
import io.heddle.simulator.protocol.DeleteRecordsResponse;
import io.heddle.simulator.protocol.DeleteRecordsResponse.PartitionResult;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import io.heddle.simulator.protocol.ListOffsetsResponse.PartitionOffset;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListOffsetsApiTest {
  private final TestCluster test = TestCluster.withOrders();

  @BeforeEach
  void threeBatchesOfTwoEpochs() {
    test.produce(P0, batch(-1, -1, -1, 100, "a", "b"));
    test.produce(P0, batch(-1, -1, -1, 300, "c"));
    test.cluster.moveLeader(P0, 0);
    test.produce(P0, batch(-1, -1, -1, 200, "d"));
  }

  @Test
  void theEndsOfTheLogHaveNoTimestamp() {
    assertThat(find(EARLIEST)).isEqualTo(new PartitionOffset(ErrorCode.NONE, -1, 0, 0));
    assertThat(find(LATEST)).isEqualTo(new PartitionOffset(ErrorCode.NONE, -1, 4, 1));
  }

  @Test
  void theFirstRecordThatIsNotEarlierIsFound() {
    assertThat(find(0)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 100, 0, 0));
    assertThat(find(101)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 300, 2, 0));
    assertThat(find(301)).isEqualTo(new PartitionOffset(ErrorCode.NONE, -1, -1, -1));
  }

  @Test
  void deletedRecordsAreNotFound() {
    assertThat(delete(1)).isEqualTo(new PartitionResult(ErrorCode.NONE, 1));

    assertThat(find(EARLIEST).offset()).isEqualTo(1);
    assertThat(find(0)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 100, 1, 0));
    delete(3);
    assertThat(find(EARLIEST)).isEqualTo(new PartitionOffset(ErrorCode.NONE, -1, 3, 1));
    assertThat(find(0)).isEqualTo(new PartitionOffset(ErrorCode.NONE, 200, 3, 1));
  }

  @Test
  void theLogsStartNeverMovesBackNorBeyondTheEnd() {
    assertThat(delete(3)).isEqualTo(new PartitionResult(ErrorCode.NONE, 3));
    assertThat(delete(1)).isEqualTo(new PartitionResult(ErrorCode.NONE, 3));
    assertThat(delete(5)).isEqualTo(new PartitionResult(ErrorCode.OFFSET_OUT_OF_RANGE, -1));
    assertThat(delete(-2)).isEqualTo(new PartitionResult(ErrorCode.OFFSET_OUT_OF_RANGE, -1));
    assertThat(delete(-1)).isEqualTo(new PartitionResult(ErrorCode.NONE, 4));
    assertThat(test.cluster.logStartOffset(P0)).isEqualTo(4);
    assertThat(test.produce(P0, batch("e"))).extracting("baseOffset").isEqualTo(4L);
    test.cluster.checkConsistency();
  }

  @Test
  void unknownPartitionsAndOtherBrokersAreRefused() {
    TestCluster two = TestCluster.withOrders(ClusterSettings.defaults().withBrokers(2));
    TopicPartition unknown = new TopicPartition("nowhere", 0);
    ListOffsetsResponse response =
        two.ask(
                1,
                TestCluster.ADMIN,
                new ListOffsetsRequest(Map.of(P0, LATEST, unknown, LATEST)),
                ListOffsetsResponse.class)
            .get();

    assertThat(response.partitions().get(P0))
        .extracting("error")
        .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(response.partitions().get(unknown))
        .extracting("error")
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void allThatThereIsIsLocal() {
    assertThat(find(ListOffsetsRequest.EARLIEST_LOCAL))
        .isEqualTo(find(ListOffsetsRequest.EARLIEST));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {ListOffsetsRequest.LATEST_TIERED, ListOffsetsRequest.EARLIEST_PENDING_UPLOAD})
  void nothingIsInTieredStorage(long timestamp) {
    assertThat(find(timestamp)).isEqualTo(new PartitionOffset(ErrorCode.NONE, -1, -1, -1));
  }

  @ParameterizedTest
  @ValueSource(longs = {-7, -1_000_000_000_000L, Long.MIN_VALUE})
  void timesBefore1970AreOfNoKnownVersion(long timestamp) {
    assertThat(find(timestamp))
        .isEqualTo(new PartitionOffset(ErrorCode.UNSUPPORTED_VERSION, -1, -1, -1));
  }

  private PartitionOffset find(long timestamp) {
    ListOffsetsResponse response =
        test.get(new ListOffsetsRequest(Map.of(P0, timestamp)), ListOffsetsResponse.class);
    return Objects.requireNonNull(response.partitions().get(P0));
  }

  private PartitionResult delete(long before) {
    DeleteRecordsResponse response =
        test.get(new DeleteRecordsRequest(Map.of(P0, before)), DeleteRecordsResponse.class);
    return Objects.requireNonNull(response.partitions().get(P0));
  }
}
