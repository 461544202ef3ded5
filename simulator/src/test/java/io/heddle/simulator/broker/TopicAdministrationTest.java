package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static io.heddle.simulator.broker.TestCluster.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.CreateTopicsRequest.NewTopic;
import io.heddle.simulator.protocol.CreateTopicsResponse;
import io.heddle.simulator.protocol.CreateTopicsResponse.TopicResult;
import io.heddle.simulator.protocol.DeleteTopicsRequest;
import io.heddle.simulator.protocol.DeleteTopicsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.MetadataResponse.PartitionMetadata;
import io.heddle.simulator.protocol.MetadataResponse.TopicMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicAdministrationTest {
  private final TestCluster test =
      TestCluster.withOrders(ClusterSettings.defaults().withBrokers(3).withDefaultPartitions(2));

  @ParameterizedTest(name = "{0} with {1} partitions and {2} replicas: {3}")
  @CsvSource({
    "fine, 4, 1, NONE",
    "defaults, -1, -1, NONE",
    "replicated, 1, 3, NONE",
    "orders, 1, 1, TOPIC_ALREADY_EXISTS",
    "none, 0, 1, INVALID_PARTITIONS",
    "negative, -2, 1, INVALID_PARTITIONS",
    "norep, 1, 0, INVALID_REPLICATION_FACTOR",
    "toomany, 1, 4, INVALID_REPLICATION_FACTOR",
    "'', 1, 1, INVALID_TOPIC_EXCEPTION",
    "., 1, 1, INVALID_TOPIC_EXCEPTION",
    ".., 1, 1, INVALID_TOPIC_EXCEPTION",
    "a b, 1, 1, INVALID_TOPIC_EXCEPTION",
    "ä, 1, 1, INVALID_TOPIC_EXCEPTION",
    "or_ders.x, 1, 1, INVALID_TOPIC_EXCEPTION",
  })
  void topicsAreCreatedByKafkasRules(
      String name, int partitions, short replicas, ErrorCode expected) {
    test.cluster.createTopic("or.ders.x", 1);

    TopicResult result = create(false, new NewTopic(name, partitions, replicas, Map.of())).get(0);

    assertThat(result.error()).isEqualTo(expected);
    if (expected == ErrorCode.NONE) {
      assertThat(test.cluster.partitionsOf(name)).isEqualTo(partitions == -1 ? 2 : partitions);
      assertThat(result.topicId()).isNotEqualTo(Uuid.ZERO_UUID);
    } else {
      assertThat(result.errorMessage()).isNotEmpty();
    }
  }

  @Test
  void aNameMayHave249CharactersAndNoMore() {
    assertThat(create(false, topic("x".repeat(249))).get(0).error()).isEqualTo(ErrorCode.NONE);
    assertThat(create(false, topic("x".repeat(250))).get(0).error())
        .isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
  }

  @Test
  void validationCreatesNothing() {
    assertThat(create(true, topic("new")).get(0).error()).isEqualTo(ErrorCode.NONE);
    assertThat(test.cluster.topics()).containsExactly("orders");
  }

  @Test
  void aTopicThatIsNamedTwiceIsNotCreated() {
    assertThat(create(false, topic("twice"), topic("twice")))
        .extracting(TopicResult::error)
        .containsOnly(ErrorCode.INVALID_REQUEST);
    assertThat(test.cluster.topics()).containsExactly("orders");
  }

  @Test
  void configsAreRefusedByName() {
    TopicResult result =
        create(false, new NewTopic("t", 1, (short) 1, Map.of("compression.type", "zstd"))).get(0);

    assertThat(result.error()).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(result.errorMessage()).contains("compression.type");
  }

  @Test
  void metadataTellsOfBrokersAndLeaders() {
    test.cluster.moveLeader(P0, 2);

    MetadataResponse response = metadata(new MetadataRequest(List.of(), true));

    assertThat(response.brokers()).extracting(Node::id).containsExactly(0, 1, 2);
    assertThat(response.brokers()).isEqualTo(test.cluster.brokers());
    assertThat(response.topics().get(0).partitions())
        .containsExactly(
            new PartitionMetadata(ErrorCode.NONE, 0, 2, 1),
            new PartitionMetadata(ErrorCode.NONE, 1, 1, 0),
            new PartitionMetadata(ErrorCode.NONE, 2, 2, 0));
  }

  @Test
  void anUnknownTopicIsCreatedAndStillUnknownToTheFirstWhoAsks() {
    MetadataRequest request = new MetadataRequest(List.of("fresh"), false);

    TopicMetadata first = metadata(request).topics().get(0);
    TopicMetadata second = metadata(request).topics().get(0);

    assertThat(first.error()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(second.error()).isEqualTo(ErrorCode.NONE);
    assertThat(second.partitions()).hasSize(2);
  }

  @Test
  void nothingIsCreatedForWhoDoesNotAllowItOrWhereTheClusterDoesNot() {
    metadata(new MetadataRequest(List.of("fresh"), false, false));
    assertThat(test.cluster.topics()).containsExactly("orders");

    TestCluster strict = new TestCluster(ClusterSettings.defaults().withAutoCreateTopics(false));
    strict.get(new MetadataRequest(List.of("fresh"), false), MetadataResponse.class);
    assertThat(strict.cluster.topics()).isEmpty();
  }

  @Test
  void anImpossibleNameIsNotCreatedEither() {
    assertThat(metadata(new MetadataRequest(List.of("a b"), false)).topics().get(0).error())
        .isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
    assertThat(test.cluster.topics()).containsExactly("orders");
  }

  @Test
  void aDeletedTopicIsGoneAndItsSuccessorIsEmpty() {
    test.produce(P0, batch("a"));
    DeleteTopicsResponse response =
        test.get(new DeleteTopicsRequest(List.of("orders", "nowhere")), DeleteTopicsResponse.class);

    assertThat(response.topics())
        .containsExactly(
            Map.entry("orders", new DeleteTopicsResponse.Result(ErrorCode.NONE, "")),
            Map.entry(
                "nowhere",
                new DeleteTopicsResponse.Result(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "")));
    assertThat(test.cluster.topics()).isEmpty();
    test.cluster.createTopic("orders", 3);
    assertThat(test.cluster.endOffset(P0)).isZero();
  }

  @Test
  void producersGetIdsOfTheirOwnInBlocksByBroker() {
    assertThat(List.of(producerId(0), producerId(1), producerId(0), producerId(1)))
        .containsExactly(0L, 1_000L, 1L, 1_001L);
    for (int i = 2; i < 1_000; i++) {
      producerId(0);
    }
    assertThat(producerId(0)).isEqualTo(2_000);
  }

  private long producerId(int broker) {
    InitProducerIdResponse response =
        test.ask(
                broker,
                TestCluster.ADMIN,
                new InitProducerIdRequest(Optional.empty(), 60_000),
                InitProducerIdResponse.class)
            .get();
    assertThat(response.producerEpoch()).isZero();
    return response.producerId();
  }

  private MetadataResponse metadata(MetadataRequest request) {
    return test.get(request, MetadataResponse.class);
  }

  private List<TopicResult> create(boolean validateOnly, NewTopic... topics) {
    return test.get(
            new CreateTopicsRequest(List.of(topics), validateOnly), CreateTopicsResponse.class)
        .topics();
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, 1, (short) 1, Map.of());
  }
}
