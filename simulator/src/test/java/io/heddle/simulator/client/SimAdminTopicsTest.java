package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class SimAdminTopicsTest {
  private final KafkaFixture kafka = new KafkaFixture(3);
  private final SimAdmin admin = kafka.admin(Map.of());

  @Test
  void createsTopicsAndTellsOfThem() throws Exception {
    CreateTopicsResult result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.createTopics(
                        List.of(
                            new NewTopic("a", 4, (short) 2),
                            new NewTopic("b", Optional.empty(), Optional.empty()))));

    assertThat(result.all().get()).isNull();
    assertThat(result.numPartitions("a").get()).isEqualTo(4);
    assertThat(result.numPartitions("b").get()).isEqualTo(1);
    assertThat(result.replicationFactor("a").get()).isEqualTo(2);
    assertThat(result.topicId("a").get()).isNotEqualTo(Uuid.ZERO_UUID);
    assertThat(kafka.cluster().topics()).containsExactly("a", "b");
  }

  @Test
  void takesTheTimeOfOneRoundTrip() throws Exception {
    kafka.simulation().run(() -> admin.createTopics(List.of(new NewTopic("a", 1, (short) 1))));

    assertThat(kafka.nowMs()).isEqualTo(2);
  }

  @Test
  void failsForATopicThatExistsAndCreatesTheOthers() throws Exception {
    kafka.cluster().createTopic("a", 1);

    CreateTopicsResult result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.createTopics(
                        List.of(new NewTopic("a", 1, (short) 1), new NewTopic("b", 1, (short) 1))));

    assertThatThrownBy(() -> KafkaFixture.at(result.values(), "a").get())
        .hasCauseInstanceOf(TopicExistsException.class)
        .hasMessageContaining("Topic 'a' already exists.");
    assertThat(KafkaFixture.at(result.values(), "b").get()).isNull();
    assertThat(kafka.cluster().topics()).containsExactly("a", "b");
  }

  @Test
  void passesOnWhatTheBrokerSaysOfABadTopic() throws Exception {
    CreateTopicsResult result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.createTopics(
                        List.of(new NewTopic("a", 0, (short) 1), new NewTopic("", 1, (short) 1))));

    assertThatThrownBy(() -> KafkaFixture.at(result.values(), "a").get())
        .hasCauseInstanceOf(InvalidPartitionsException.class);
    assertThatThrownBy(() -> KafkaFixture.at(result.values(), "").get())
        .hasCauseInstanceOf(InvalidTopicException.class)
        .hasMessageContaining("cannot be represented in a request");
  }

  @Test
  void validatesWithoutCreating() throws Exception {
    CreateTopicsResult result =
        kafka
            .simulation()
            .run(
                () ->
                    admin.createTopics(
                        List.of(new NewTopic("a", 1, (short) 1)),
                        new CreateTopicsOptions().validateOnly(true)));

    assertThat(result.all().get()).isNull();
    assertThat(kafka.cluster().topics()).isEmpty();
  }

  @Test
  void refusesInternalTopicsAndAuthorizedOperations() {
    assertThatThrownBy(() -> admin.listTopics(new ListTopicsOptions().listInternal(true)))
        .hasMessageContaining("listInternal");
    assertThatThrownBy(
            () ->
                admin.describeCluster(
                    new DescribeClusterOptions().includeAuthorizedOperations(true)))
        .hasMessageContaining("includeAuthorizedOperations");
  }

  @Test
  void deletesTopicsByName() throws Exception {
    kafka.cluster().createTopic("a", 1);

    var result = kafka.simulation().run(() -> admin.deleteTopics(List.of("a", "unknown")));

    assertThat(KafkaFixture.at(result.topicNameValues(), "a").get()).isNull();
    assertThatThrownBy(() -> KafkaFixture.at(result.topicNameValues(), "unknown").get())
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(kafka.cluster().topics()).isEmpty();
  }

  @Test
  void listsTopics() throws Exception {
    Uuid id = kafka.cluster().createTopic("a", 1);
    kafka.cluster().createTopic("b", 1);

    var result = kafka.simulation().run(() -> admin.listTopics());

    assertThat(result.names().get()).containsExactly("a", "b");
    assertThat(KafkaFixture.at(result.namesToListings().get(), "a").topicId()).isEqualTo(id);
  }

  @Test
  void describesTopicsAndFailsForUnknownOnesWithoutCreatingThem() throws Exception {
    kafka.cluster().createTopic("a", 3);

    var result = kafka.simulation().run(() -> admin.describeTopics(List.of("a", "unknown")));

    TopicDescription description = KafkaFixture.at(result.topicNameValues(), "a").get();
    assertThat(description.partitions())
        .extracting(TopicPartitionInfo::partition)
        .containsExactly(0, 1, 2);
    assertThat(description.partitions())
        .extracting(it -> it.leader().id())
        .containsExactly(0, 1, 2);
    assertThatThrownBy(() -> KafkaFixture.at(result.topicNameValues(), "unknown").get())
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(kafka.cluster().topics()).containsExactly("a");
  }

  @Test
  void describesTheCluster() throws Exception {
    var result = kafka.simulation().run(() -> admin.describeCluster());

    assertThat(result.clusterId().get()).isEqualTo("heddle");
    assertThat(result.nodes().get()).extracting(Node::id).containsExactly(0, 1, 2);
    assertThat(result.controller().get().id()).isZero();
  }
}
