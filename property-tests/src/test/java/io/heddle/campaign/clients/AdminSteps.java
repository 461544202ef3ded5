package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What an administrator does, one call a step. */
final class AdminSteps {
  private static final Map<String, Object> SETTINGS =
      Map.of("default.api.timeout.ms", "1500", "request.timeout.ms", "1000");

  private AdminSteps() {}

  /** What is asked of an administrator. */
  @FunctionalInterface
  private interface Call {
    /** Asks, and says what came of it. */
    String on(Admin admin, Stage stage) throws Exception;
  }

  private static Step call(String method, String arguments, Call call) {
    return new Step(
        "Admin." + method,
        "admin." + method + "(" + arguments + ")",
        stage -> {
          try (Admin admin = stage.side().admin(new TreeMap<>(SETTINGS))) {
            return call.on(admin, stage);
          }
        });
  }

  /** Creates a topic, and waits until it can be used. */
  static Step create(String topic, int partitions) {
    return call(
        "createTopics",
        topic + "=" + partitions,
        (admin, stage) -> {
          String name = stage.name(topic);
          admin
              .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(Play.TOPIC)))
              .all()
              .get();
          stage.side().awaitTopic(name, partitions);
          stage.topics().put(name, partitions);
          return "created";
        });
  }

  /** Deletes a topic, and waits until it is gone. */
  static Step delete(String topic) {
    return call(
        "deleteTopics",
        topic,
        (admin, stage) -> {
          String name = stage.name(topic);
          admin.deleteTopics(List.of(name)).all().get();
          stage.side().awaitNoTopic(name);
          stage.topics().remove(name);
          return "deleted";
        });
  }

  /** Gives a topic more partitions, and waits until they can be used. */
  static Step grow(String topic, int partitions) {
    return call(
        "createPartitions",
        topic + "=" + partitions,
        (admin, stage) -> {
          String name = stage.name(topic);
          admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all().get();
          stage.side().awaitTopic(name, partitions);
          stage.topics().put(name, partitions);
          return "grown";
        });
  }

  static Step describe(List<String> topics) {
    return call(
        "describeTopics",
        String.join(", ", topics),
        (admin, stage) ->
            each(
                admin.describeTopics(topics.stream().map(stage::name).toList()).topicNameValues(),
                AdminSteps::show));
  }

  private static String show(TopicDescription topic) {
    List<String> partitions = new ArrayList<>();
    topic
        .partitions()
        .forEach(it -> partitions.add(it.partition() + " of " + it.replicas().size()));
    return (topic.isInternal() ? "internal " : "") + partitions;
  }

  static Step names() {
    return call(
        "listTopics",
        "",
        (admin, stage) -> {
          TreeSet<String> names = new TreeSet<>(admin.listTopics().names().get());
          names.removeIf(it -> !it.startsWith(stage.name("")));
          return names.toString();
        });
  }

  /** Deletes what comes before an offset of each. */
  static Step deleteRecords(Map<TopicPartition, Long> before) {
    return call(
        "deleteRecords",
        before.toString(),
        (admin, stage) -> {
          Map<TopicPartition, RecordsToDelete> asked = new LinkedHashMap<>();
          before.forEach(
              (partition, offset) ->
                  asked.put(stage.partition(partition), RecordsToDelete.beforeOffset(offset)));
          return each(admin.deleteRecords(asked).lowWatermarks(), it -> "low " + it.lowWatermark());
        });
  }

  /**
   * Lists offsets.
   *
   * @param specs as kafka-clients' {@code OffsetSpec}s are called, or a timestamp
   */
  static Step listOffsets(Map<TopicPartition, String> specs, IsolationLevel isolation) {
    return call(
        "listOffsets",
        specs + ", " + isolation,
        (admin, stage) -> {
          Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
          specs.forEach((partition, spec) -> asked.put(stage.partition(partition), spec(spec)));
          var result = admin.listOffsets(asked, new ListOffsetsOptions(isolation));
          Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> futures = new LinkedHashMap<>();
          asked.keySet().forEach(it -> futures.put(it, result.partitionResult(it)));
          return each(futures, AdminSteps::show);
        });
  }

  private static OffsetSpec spec(String word) {
    return switch (word) {
      case "earliest" -> OffsetSpec.earliest();
      case "latest" -> OffsetSpec.latest();
      case "maxTimestamp" -> OffsetSpec.maxTimestamp();
      default -> OffsetSpec.forTimestamp(Long.parseLong(word));
    };
  }

  private static String show(ListOffsetsResultInfo found) {
    return found.offset()
        + (Times.isExplicit(found.timestamp()) ? " at " + found.timestamp() : "")
        + found.leaderEpoch().map(epoch -> " e" + epoch).orElse("");
  }

  static Step alterGroupOffsets(String group, Map<TopicPartition, Long> offsets) {
    return call(
        "alterConsumerGroupOffsets",
        group + ", " + offsets,
        (admin, stage) -> {
          Map<TopicPartition, OffsetAndMetadata> asked = new LinkedHashMap<>();
          offsets.forEach(
              (partition, offset) ->
                  asked.put(stage.partition(partition), new OffsetAndMetadata(offset, "note")));
          var result = admin.alterConsumerGroupOffsets(stage.name(group), asked);
          Map<TopicPartition, KafkaFuture<Void>> futures = new LinkedHashMap<>();
          asked.keySet().forEach(it -> futures.put(it, result.partitionResult(it)));
          return each(futures, done -> "altered");
        });
  }

  static Step groupOffsets(String group) {
    return call(
        "listConsumerGroupOffsets",
        group,
        (admin, stage) -> {
          Map<TopicPartition, OffsetAndMetadata> found = new TreeMap<>(ConsumerActor.ORDER);
          found.putAll(
              admin
                  .listConsumerGroupOffsets(stage.name(group))
                  .partitionsToOffsetAndMetadata()
                  .get());
          List<String> lines = new ArrayList<>();
          found.forEach(
              (partition, it) -> lines.add(partition + "@" + it.offset() + it.metadata()));
          return lines.toString();
        });
  }

  static Step deleteGroupOffsets(String group, List<TopicPartition> partitions) {
    return call(
        "deleteConsumerGroupOffsets",
        group + ", " + partitions,
        (admin, stage) -> {
          var asked = new TreeSet<>(ConsumerActor.ORDER);
          asked.addAll(stage.partitions(partitions));
          var result = admin.deleteConsumerGroupOffsets(stage.name(group), asked);
          Map<TopicPartition, KafkaFuture<Void>> futures = new LinkedHashMap<>();
          asked.forEach(it -> futures.put(it, result.partitionResult(it)));
          return each(futures, done -> "deleted");
        });
  }

  static Step deleteGroup(String group) {
    return call(
        "deleteConsumerGroups",
        group,
        (admin, stage) -> {
          admin.deleteConsumerGroups(List.of(stage.name(group))).all().get();
          return "deleted";
        });
  }

  /** How a result is told. */
  @FunctionalInterface
  private interface Show<T> {
    /** In words. */
    String of(T result);
  }

  /** Tells of each result, or how it has failed, in the order of the names. */
  private static <K, T> String each(Map<K, KafkaFuture<T>> futures, Show<T> show)
      throws InterruptedException {
    TreeMap<String, String> outcomes = new TreeMap<>();
    for (Map.Entry<K, KafkaFuture<T>> each : futures.entrySet()) {
      String came;
      try {
        came = show.of(each.getValue().get());
      } catch (java.util.concurrent.ExecutionException failed) {
        came = Failure.of(failed);
      }
      outcomes.put(each.getKey().toString(), came);
    }
    return outcomes.toString();
  }
}
