package io.heddle.simulator.broker;

import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchRequest.FetchPartition;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitRequest.OffsetToCommit;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.protocol.ProduceResponse;
import io.heddle.simulator.protocol.ProduceResponse.PartitionResult;
import io.heddle.simulator.protocol.RecordBatch;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A cluster on a timeline of its own, with short ways to ask it things. */
final class TestCluster {
  static final TopicPartition P0 = new TopicPartition("orders", 0);
  static final TopicPartition P1 = new TopicPartition("orders", 1);
  static final TopicPartition P2 = new TopicPartition("orders", 2);
  static final Caller ADMIN = caller("admin");

  final Timeline time = new Timeline();
  final SimCluster cluster;

  TestCluster(ClusterSettings settings) {
    cluster = new SimCluster(settings, time);
  }

  /** One broker with the topic {@code orders} of three partitions. */
  static TestCluster withOrders() {
    return withOrders(ClusterSettings.defaults());
  }

  static TestCluster withOrders(ClusterSettings settings) {
    TestCluster made = new TestCluster(settings);
    made.cluster.createTopic("orders", 3);
    return made;
  }

  static Caller caller(String name) {
    return new Caller(new Member(name, 1), "client-" + name, "/10.0.0.1");
  }

  <R extends Response> Answer<R> ask(int broker, Caller caller, Request request, Class<R> type) {
    Answer<R> answer = new Answer<>(type);
    cluster.handle(broker, caller, request, answer);
    return answer;
  }

  <R extends Response> R get(Request request, Class<R> type) {
    return ask(0, ADMIN, request, type).get();
  }

  PartitionResult produce(TopicPartition partition, RecordBatch batch) {
    ProduceRequest request = new ProduceRequest((short) -1, 30_000, Map.of(partition, batch));
    ProduceResponse response =
        ask(cluster.leaderOf(partition), ADMIN, request, ProduceResponse.class).get();
    return Objects.requireNonNull(response.partitions().get(partition));
  }

  OffsetCommitRequest commitRequest(
      String group, int generation, String memberId, TopicPartition partition, long offset) {
    return new OffsetCommitRequest(
        group,
        generation,
        memberId,
        Optional.empty(),
        Map.of(partition, new OffsetToCommit(offset, 0, "")));
  }

  /** Commits without being a member. */
  OffsetCommitResponse commit(String group, TopicPartition partition, long offset) {
    return ask(
            cluster.coordinatorOf(group),
            ADMIN,
            commitRequest(group, -1, "", partition, offset),
            OffsetCommitResponse.class)
        .get();
  }

  Answer<FetchResponse> fetch(int maxWaitMs, int minBytes, int maxBytes, Wanted... wanted) {
    Map<TopicPartition, FetchPartition> partitions = new java.util.LinkedHashMap<>();
    for (Wanted each : wanted) {
      partitions.put(each.partition, each.fetch);
    }
    return ask(
        0, ADMIN, new FetchRequest(maxWaitMs, minBytes, maxBytes, partitions), FetchResponse.class);
  }

  /** What a fetch finds there now. */
  FetchResponse.PartitionData read(TopicPartition partition, long offset) {
    FetchResponse response = fetch(0, 1, 100_000, readFrom(partition, offset)).get();
    return Objects.requireNonNull(response.partitions().get(partition));
  }

  static Wanted readFrom(TopicPartition partition, long offset) {
    return readFrom(partition, offset, Uuid.ZERO_UUID, -1, Integer.MAX_VALUE);
  }

  static Wanted readFrom(
      TopicPartition partition, long offset, Uuid topicId, int leaderEpoch, int maxBytes) {
    return new Wanted(partition, new FetchPartition(topicId, offset, leaderEpoch, -1, maxBytes));
  }

  /** A batch of an ordinary producer with one record a value. */
  static RecordBatch batch(String... values) {
    return batch(-1, -1, -1, 1_000_000, values);
  }

  static RecordBatch batch(
      long producerId, int epoch, int sequence, long timestamp, String... values) {
    List<LogRecord> records = new ArrayList<>();
    for (String value : values) {
      records.add(
          new LogRecord(
              records.size(),
              timestamp,
              ("k-" + value).getBytes(StandardCharsets.UTF_8),
              value.getBytes(StandardCharsets.UTF_8),
              List.of()));
    }
    return new RecordBatch(0, -1, producerId, (short) epoch, sequence, records);
  }

  /** A partition and what to read of it. */
  record Wanted(TopicPartition partition, FetchPartition fetch) {}
}
