package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.network.FaultRule.Trigger;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class SimAdminPartitionsTest {
  private static final TopicPartition A0 = new TopicPartition("a", 0);
  private static final TopicPartition A1 = new TopicPartition("a", 1);

  private final KafkaFixture kafka = new KafkaFixture(3);
  private final SimAdmin admin = kafka.admin(Map.of());

  private void append(TopicPartition partition, long... timestamps) {
    for (long timestamp : timestamps) {
      kafka
          .cluster()
          .handle(
              kafka.cluster().leaderOf(partition),
              new Caller(new Member("p", 1), "p", "/simulated"),
              new ProduceRequest(
                  (short) -1,
                  30_000,
                  Map.of(
                      partition,
                      new RecordBatch(
                          0,
                          -1,
                          -1,
                          (short) -1,
                          -1,
                          List.of(new LogRecord(0, timestamp, null, new byte[1], List.of()))))),
              reply -> {});
    }
  }

  @Test
  void listsTheEarliestTheLatestAndTheOffsetOfATime() throws Exception {
    kafka.cluster().createTopic("a", 2);
    append(A0, 100, 200, 300);

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    List.of(
                        admin.listOffsets(Map.of(A0, OffsetSpec.earliest())),
                        admin.listOffsets(Map.of(A0, OffsetSpec.latest())),
                        admin.listOffsets(Map.of(A0, OffsetSpec.forTimestamp(150))),
                        admin.listOffsets(Map.of(A0, OffsetSpec.forTimestamp(301)))));

    assertThat(result)
        .extracting(it -> it.partitionResult(A0).get().offset())
        .containsExactly(0L, 3L, 1L, -1L);
    assertThat(result.get(2).partitionResult(A0).get().timestamp()).isEqualTo(200);
  }

  @Test
  void asksTheLeadersOfAllPartitionsAtOnce() throws Exception {
    kafka.cluster().createTopic("a", 2);
    append(A1, 100);

    var result =
        kafka
            .simulation()
            .run(() -> admin.listOffsets(Map.of(A0, OffsetSpec.latest(), A1, OffsetSpec.latest())));

    assertThat(KafkaFixture.at(result.all().get(), A1).offset()).isEqualTo(1);
    assertThat(kafka.nowMs()).as("one round trip for metadata, one for offsets").isEqualTo(4);
  }

  @Test
  void findsTheLeaderAgainWhenItHasMoved() throws Exception {
    kafka.cluster().createTopic("a", 1);
    append(A0, 100);
    kafka.fault(
        ApiKey.LIST_OFFSETS,
        new Trigger.Nth(1),
        new Verdict.Fail(ErrorCode.NOT_LEADER_OR_FOLLOWER));

    var result = kafka.simulation().run(() -> admin.listOffsets(Map.of(A0, OffsetSpec.latest())));

    assertThat(result.partitionResult(A0).get().offset()).isEqualTo(1);
    assertThat(kafka.nowMs()).as("two attempts and a back-off").isBetween(88L, 127L);
  }

  @Test
  void waitsForAPartitionThatDoesNotExistUntilTimeIsUp() throws Exception {
    kafka.cluster().createTopic("a", 1);

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.listOffsets(
                        Map.of(A0, OffsetSpec.latest(), A1, OffsetSpec.latest()),
                        new ListOffsetsOptions().timeoutMs(5_000)));

    assertThat(result.partitionResult(A0).get().offset()).isZero();
    assertThatThrownBy(() -> result.partitionResult(A1).get())
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(kafka.nowMs()).isEqualTo(5_000);
  }

  @Test
  void waitsForNoTopicThatDoesNotExist() throws Exception {
    kafka.cluster().createTopic("a", 1);
    TopicPartition unknown = new TopicPartition("unknown", 0);

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.listOffsets(
                        Map.of(A0, OffsetSpec.latest(), unknown, OffsetSpec.latest())));

    assertThat(result.partitionResult(A0).get().offset()).isZero();
    assertThatThrownBy(() -> result.partitionResult(unknown).get())
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(kafka.nowMs()).as("one round trip for metadata, one for offsets").isEqualTo(4);
    assertThat(kafka.cluster().topics()).containsExactly("a");
  }

  @Test
  void deletesRecordsUpToAnOffset() throws Exception {
    kafka.cluster().createTopic("a", 2);
    append(A0, 100, 200, 300);
    append(A1, 100);

    var result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.deleteRecords(
                        Map.of(
                            A0, RecordsToDelete.beforeOffset(2),
                            A1, RecordsToDelete.beforeOffset(7))));

    assertThat(KafkaFixture.at(result.lowWatermarks(), A0).get().lowWatermark()).isEqualTo(2);
    assertThatThrownBy(() -> KafkaFixture.at(result.lowWatermarks(), A1).get())
        .hasCauseInstanceOf(OffsetOutOfRangeException.class);
    assertThat(kafka.cluster().logStartOffset(A0)).isEqualTo(2);
  }
}
