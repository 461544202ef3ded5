package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.LogDirNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** What an administrator's calls about topics answer, and in which words they refuse. */
interface TopicAdminContract extends Contract {
  private static Uuid idOf(KafkaArm kafka, String topic) throws Exception {
    return kafka.admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic).topicId();
  }

  @Test
  default void findsAndDeletesTopicsByTheirIds() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          Uuid id = idOf(kafka, topic);
          Uuid unknown = Uuid.fromString("AAAAAAAAAAAAAAAAAAAABQ");

          TopicDescription described =
              kafka
                  .admin()
                  .describeTopics(TopicCollection.ofTopicIds(List.of(id)))
                  .allTopicIds()
                  .get()
                  .get(id);
          assertThat(described.name()).isEqualTo(topic);
          assertThat(described.partitions()).hasSize(2);
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .describeTopics(TopicCollection.ofTopicIds(List.of(unknown)))
                          .allTopicIds()
                          .get())
              .cause()
              .isInstanceOf(UnknownTopicIdException.class)
              .hasMessage("TopicId " + unknown + " not found.");
          assertThatThrownBy(() -> delete(kafka, Uuid.ZERO_UUID).get())
              .cause()
              .isInstanceOf(InvalidTopicException.class)
              .hasMessage(
                  "The given topic ID '"
                      + Uuid.ZERO_UUID
                      + "' cannot be represented in a request.");
          assertThatThrownBy(() -> delete(kafka, unknown).get())
              .cause()
              .isInstanceOf(UnknownTopicIdException.class)
              .hasMessage("This server does not host this topic ID.");

          delete(kafka, id).get();

          kafka.eventually("the end of the topic", () -> !names(kafka).contains(topic));
          assertThatThrownBy(() -> delete(kafka, id).get())
              .hasCauseInstanceOf(UnknownTopicIdException.class);
        });
  }

  private static KafkaFuture<Void> delete(KafkaArm kafka, Uuid id) {
    return kafka.admin().deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all();
  }

  private static Collection<String> names(KafkaArm kafka) {
    try {
      return kafka.admin().listTopics().names().get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  default void tellsWhatHoldsForATopicThatWasCreated() throws Exception {
    run(
        kafka -> {
          String name = kafka.unique("created");
          CreateTopicsResult created =
              kafka
                  .admin()
                  .createTopics(
                      List.of(
                          new NewTopic(name, Optional.of(2), Optional.empty())
                              .configs(Map.of("retention.ms", "1000"))));

          assertThat(created.numPartitions(name).get()).isEqualTo(2);
          assertThat(created.replicationFactor(name).get()).isEqualTo(1);
          ConfigEntry set = created.config(name).get().get("retention.ms");
          assertThat(set.value()).isEqualTo("1000");
          assertThat(set.source()).isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
          assertThat(set.type()).isNull();
          ConfigEntry left = created.config(name).get().get("cleanup.policy");
          assertThat(left.value()).isEqualTo("delete");
          assertThat(left.source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
          assertThat(created.topicId(name).get()).isEqualTo(idOf(kafka, name));
        });
  }

  @Test
  default void looksUpWhatTieredStorageWouldHold() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          kafka
              .admin()
              .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
              .all()
              .get();

          assertThat(offset(kafka, partition, OffsetSpec.earliestLocal()).offset()).isEqualTo(1);
          for (OffsetSpec none :
              List.of(OffsetSpec.latestTiered(), OffsetSpec.earliestPendingUpload())) {
            ListOffsetsResultInfo found = offset(kafka, partition, none);
            assertThat(found.offset()).isEqualTo(-1);
            assertThat(found.timestamp()).isEqualTo(-1);
            assertThat(found.leaderEpoch()).isEmpty();
          }
        });
  }

  private static ListOffsetsResultInfo offset(
      KafkaArm kafka, TopicPartition partition, OffsetSpec spec) throws Exception {
    return kafka.admin().listOffsets(Map.of(partition, spec)).all().get().get(partition);
  }

  @Test
  default void listsTransactionsByPatternsForTheirNames() throws Exception {
    run(
        kafka -> {
          String first = kafka.unique("bookings");
          String second = kafka.unique("payments");
          for (String id : List.of(first, second)) {
            kafka.producer("transactional.id", id).initTransactions();
          }

          assertThat(ids(kafka, new ListTransactionsOptions())).contains(first, second);
          assertThat(ids(kafka, matching("book.*"))).contains(first).doesNotContain(second);
          assertThat(ids(kafka, matching("ook"))).isEmpty();
          assertThat(ids(kafka, matching(""))).contains(first, second);
          assertThat(ids(kafka, new ListTransactionsOptions().filterOnDuration(1_000)))
              .contains(first);
          assertThatThrownBy(() -> ids(kafka, matching("(")))
              .hasRootCauseInstanceOf(InvalidRegularExpression.class);
        });
  }

  private static ListTransactionsOptions matching(String pattern) {
    return new ListTransactionsOptions().filterOnTransactionalIdPattern(pattern);
  }

  private static List<String> ids(KafkaArm kafka, ListTransactionsOptions options)
      throws Exception {
    return kafka.admin().listTransactions(options).all().get().stream()
        .map(TransactionListing::transactionalId)
        .toList();
  }

  @Test
  default void movesNothingToDirectoriesThatAreNotThere() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          int broker = kafka.admin().describeCluster().nodes().get().iterator().next().id();
          String here =
              kafka
                  .admin()
                  .describeLogDirs(List.of(broker))
                  .allDescriptions()
                  .get()
                  .get(broker)
                  .keySet()
                  .iterator()
                  .next();
          TopicPartitionReplica replica = new TopicPartitionReplica(topic, 0, broker);

          kafka.admin().alterReplicaLogDirs(Map.of(replica, here)).all().get();
          assertThatThrownBy(
                  () -> kafka.admin().alterReplicaLogDirs(Map.of(replica, "/no/such")).all().get())
              .hasCauseInstanceOf(LogDirNotFoundException.class);
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .alterReplicaLogDirs(
                              Map.of(new TopicPartitionReplica(topic, 1, broker), here))
                          .all()
                          .get())
              .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .alterReplicaLogDirs(
                              Map.of(new TopicPartitionReplica("x".repeat(240), 0, broker), here))
                          .all()
                          .get())
              .hasCauseInstanceOf(InvalidTopicException.class);
        });
  }

  @Test
  default void saysWhyInKafkasWords() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          ConfigResource settings = new ConfigResource(ConfigResource.Type.TOPIC, topic);

          says(
              kafka.admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all(),
              "Topic '" + topic + "' already exists.");
          says(
              kafka
                  .admin()
                  .createTopics(List.of(new NewTopic(kafka.unique("wide"), 1, (short) 3)))
                  .all(),
              "Unable to replicate the partition 3 time(s): The target replication factor of 3"
                  + " cannot be reached because only 1 broker(s) are registered or some brokers"
                  + " have all their log directories cordoned.");
          says(
              kafka
                  .admin()
                  .createTopics(List.of(new NewTopic(kafka.unique("none"), 0, (short) 1)))
                  .all(),
              "Number of partitions was set to an invalid non-positive value.");
          says(
              kafka
                  .admin()
                  .createTopics(List.of(new NewTopic(kafka.unique("none"), 1, (short) 0)))
                  .all(),
              "Replication factor must be larger than 0, or -1 to use the default value.");
          says(
              kafka.admin().createTopics(List.of(new NewTopic("a topic", 1, (short) 1))).all(),
              "Topic name is invalid: 'a topic' contains one or more characters other than ASCII"
                  + " alphanumerics, '.', '_' and '-'");
          says(
              kafka.admin().deleteTopics(List.of("no-such")).all(),
              "This server does not host this topic-partition.");
          says(
              kafka.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(1))).all(),
              "The topic " + topic + " currently has 2 partition(s); 1 would not be an increase.");
          says(
              kafka.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all(),
              "Topic already has 2 partition(s).");
          says(
              kafka
                  .admin()
                  .incrementalAlterConfigs(
                      Map.of(
                          settings,
                          List.of(
                              new AlterConfigOp(
                                  new ConfigEntry("retention.ms", "soon"), OpType.SET))))
                  .all(),
              "Invalid value soon for configuration retention.ms: Not a number of type LONG");
          says(
              kafka
                  .admin()
                  .deleteRecords(
                      Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(7)))
                  .all(),
              "The requested offset is not within the range of offsets maintained by the server.");
        });
  }

  private static void says(KafkaFuture<?> refused, String message) {
    assertThatThrownBy(refused::get).cause().hasMessage(message);
  }
}
