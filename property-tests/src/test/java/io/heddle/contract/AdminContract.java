package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** What an administrator sees and changes of topics, settings, leaders and disks. */
interface AdminContract extends Contract {
  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private static Config configs(KafkaArm kafka, String topic) throws Exception {
    return kafka.admin().describeConfigs(List.of(topic(topic))).all().get().get(topic(topic));
  }

  private static AlterConfigOp change(OpType type, String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), type);
  }

  private static void alter(KafkaArm kafka, String topic, AlterConfigOp... changes)
      throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> all = Map.of(topic(topic), List.of(changes));
    kafka.admin().incrementalAlterConfigs(all).all().get();
  }

  @Test
  default void tellsTheSettingsOfATopic() throws Exception {
    run(
        kafka -> {
          Config configs = configs(kafka, kafka.topic(1));

          Map<String, String> some = new TreeMap<>();
          for (String name :
              List.of(
                  "cleanup.policy",
                  "max.message.bytes",
                  "message.timestamp.type",
                  "min.insync.replicas",
                  "retention.bytes",
                  "retention.ms",
                  "segment.bytes")) {
            some.put(name, configs.get(name).value());
            assertThat(configs.get(name).source()).isNotEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
          }
          assertThat(some)
              .hasToString(
                  "{cleanup.policy=delete, max.message.bytes=1048588,"
                      + " message.timestamp.type=CreateTime, min.insync.replicas=1,"
                      + " retention.bytes=-1, retention.ms=604800000, segment.bytes=1073741824}");
        });
  }

  @Test
  default void changesSettingsAndTakesThemBack() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          alter(
              kafka,
              topic,
              change(OpType.SET, "retention.ms", "1000"),
              change(OpType.APPEND, "cleanup.policy", "compact"));

          kafka.eventually("the change", () -> value(kafka, topic, "retention.ms").equals("1000"));
          assertThat(configs(kafka, topic).get("retention.ms").source())
              .isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
          assertThat(value(kafka, topic, "cleanup.policy")).isEqualTo("delete,compact");

          alter(
              kafka,
              topic,
              change(OpType.DELETE, "retention.ms", null),
              change(OpType.SUBTRACT, "cleanup.policy", "delete"));

          kafka.eventually(
              "the return", () -> value(kafka, topic, "retention.ms").equals("604800000"));
          assertThat(value(kafka, topic, "cleanup.policy")).isEqualTo("compact");
        });
  }

  private static String value(KafkaArm kafka, String topic, String name) {
    try {
      return configs(kafka, topic).get(name).value();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  default void refusesSettingsThatAreNone() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);

          for (AlterConfigOp wrong :
              List.of(
                  change(OpType.SET, "no.such.thing", "1"),
                  change(OpType.SET, "retention.ms", "soon"),
                  change(OpType.APPEND, "retention.ms", "1"))) {
            assertThatThrownBy(() -> alter(kafka, topic, wrong))
                .hasCauseInstanceOf(InvalidConfigurationException.class);
          }
          assertThatThrownBy(() -> alter(kafka, "no-such", change(OpType.SET, "retention.ms", "1")))
              .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
          assertThatThrownBy(() -> configs(kafka, "no-such"))
              .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        });
  }

  @Test
  default void validatesAChangeWithoutMakingIt() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);
          kafka
              .admin()
              .incrementalAlterConfigs(
                  Map.of(topic(topic), List.of(change(OpType.SET, "retention.ms", "1000"))),
                  new AlterConfigsOptions().validateOnly(true))
              .all()
              .get();

          assertThat(value(kafka, topic, "retention.ms")).isEqualTo("604800000");
        });
  }

  @Test
  default void addsPartitionsButTakesNoneAway() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          kafka.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(5))).all().get();

          kafka.eventually("five partitions", () -> partitions(kafka, topic) == 5);
          for (int count : List.of(5, 3)) {
            assertThatThrownBy(
                    () ->
                        kafka
                            .admin()
                            .createPartitions(Map.of(topic, NewPartitions.increaseTo(count)))
                            .all()
                            .get())
                .hasCauseInstanceOf(InvalidPartitionsException.class);
          }
          assertThatThrownBy(
                  () ->
                      kafka
                          .admin()
                          .createPartitions(Map.of("no-such", NewPartitions.increaseTo(2)))
                          .all()
                          .get())
              .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        });
  }

  @Test
  default void validatesNewPartitionsWithoutAddingThem() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(2);
          kafka
              .admin()
              .createPartitions(
                  Map.of(topic, NewPartitions.increaseTo(5)),
                  new CreatePartitionsOptions().validateOnly(true))
              .all()
              .get();

          assertThat(partitions(kafka, topic)).isEqualTo(2);
        });
  }

  private static int partitions(KafkaArm kafka, String topic) {
    try {
      return kafka
          .admin()
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  default void electsNobodyWhereTheRightOneLeads() throws Exception {
    run(
        kafka -> {
          TopicPartition here = new TopicPartition(kafka.topic(1), 0);
          TopicPartition nowhere = new TopicPartition("no-such", 0);

          Map<TopicPartition, Optional<Throwable>> elected =
              kafka
                  .admin()
                  .electLeaders(ElectionType.PREFERRED, Set.of(here, nowhere))
                  .partitions()
                  .get();

          assertThat(elected.get(here)).get().isInstanceOf(ElectionNotNeededException.class);
          assertThat(elected.get(nowhere))
              .get()
              .isInstanceOf(UnknownTopicOrPartitionException.class);
          assertThat(kafka.admin().electLeaders(ElectionType.PREFERRED, null).partitions().get())
              .doesNotContainKey(here);
        });
  }

  @Test
  default void tellsWhatIsOnTheDisksOfABroker() throws Exception {
    run(
        kafka -> {
          TopicPartition written = kafka.partitionWith("some", "values");
          int broker = kafka.admin().describeCluster().nodes().get().iterator().next().id();

          Map<String, LogDirDescription> directories =
              kafka.admin().describeLogDirs(List.of(broker)).allDescriptions().get().get(broker);

          assertThat(directories).hasSize(1);
          Map.Entry<String, LogDirDescription> directory = directories.entrySet().iterator().next();
          assertThat(directory.getValue().error()).isNull();
          assertThat(directory.getValue().replicaInfos().get(written).size()).isPositive();
          assertThat(directory.getValue().replicaInfos().get(written).isFuture()).isFalse();
          TopicPartitionReplica there = new TopicPartitionReplica(written.topic(), 0, broker);
          TopicPartitionReplica nowhere = new TopicPartitionReplica("no-such", 0, broker);
          var replicas = kafka.admin().describeReplicaLogDirs(List.of(there, nowhere)).all().get();
          assertThat(replicas.get(there).getCurrentReplicaLogDir()).isEqualTo(directory.getKey());
          assertThat(replicas.get(nowhere).getCurrentReplicaLogDir()).isNull();
        });
  }

  @Test
  default void listsWhatCanHaveSettings() throws Exception {
    run(
        kafka -> {
          String topic = kafka.topic(1);

          assertThat(
                  kafka
                      .admin()
                      .listConfigResources(
                          Set.of(ConfigResource.Type.TOPIC), new ListConfigResourcesOptions())
                      .all()
                      .get())
              .contains(topic(topic))
              .allMatch(resource -> resource.type() == ConfigResource.Type.TOPIC);
          Collection<ConfigResource> all = kafka.admin().listConfigResources().all().get();
          assertThat(all).contains(topic(topic));
          assertThat(all).anyMatch(resource -> resource.type() == ConfigResource.Type.BROKER);
        });
  }

  @Test
  @SuppressWarnings("removal")
  default void knowsNoClientMetricsAndNoReassignments() throws Exception {
    run(
        kafka -> {
          assertThat(kafka.admin().listClientMetricsResources().all().get()).isEmpty();
          assertThat(kafka.admin().listPartitionReassignments().reassignments().get()).isEmpty();
          assertThat(
                  kafka
                      .admin()
                      .listPartitionReassignments(Set.of(new TopicPartition(kafka.topic(1), 0)))
                      .reassignments()
                      .get())
              .isEmpty();
        });
  }

  @Test
  default void hasNobodyWhoControlsAccess() throws Exception {
    run(
        kafka -> {
          AclBinding entry =
              new AclBinding(
                  new ResourcePattern(ResourceType.TOPIC, "t", PatternType.LITERAL),
                  new AccessControlEntry(
                      "User:a", "*", AclOperation.READ, AclPermissionType.ALLOW));

          assertThatThrownBy(() -> kafka.admin().describeAcls(AclBindingFilter.ANY).values().get())
              .hasCauseInstanceOf(SecurityDisabledException.class);
          assertThatThrownBy(() -> kafka.admin().createAcls(List.of(entry)).all().get())
              .hasCauseInstanceOf(SecurityDisabledException.class);
          assertThatThrownBy(() -> kafka.admin().deleteAcls(List.of(entry.toFilter())).all().get())
              .hasCauseInstanceOf(SecurityDisabledException.class);
        });
  }
}
