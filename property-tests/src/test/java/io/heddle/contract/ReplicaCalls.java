package io.heddle.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What an administrator sees and does of who holds and who leads partitions. */
final class ReplicaCalls {
  private ReplicaCalls() {}

  static TopicPartition partition(KafkaArm kafka, Integer... replicas) throws Exception {
    String name = kafka.unique("replicated");
    createTopic(kafka, new NewTopic(name, Map.of(0, List.of(replicas)))).all().get();
    TopicPartition partition = new TopicPartition(name, 0);
    kafka.eventually("its leader", () -> ends(kafka, partition) == 0);
    return partition;
  }

  static CreateTopicsResult createTopic(KafkaArm kafka, NewTopic topic) {
    return kafka.admin().createTopics(List.of(topic));
  }

  static long ends(KafkaArm kafka, TopicPartition partition) {
    try {
      return kafka
          .admin()
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .all()
          .get()
          .get(partition)
          .offset();
    } catch (ExecutionException notYet) {
      return -1;
    } catch (InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static TopicPartitionInfo info(KafkaArm kafka, TopicPartition partition) {
    try {
      return kafka
          .admin()
          .describeTopics(List.of(partition.topic()))
          .allTopicNames()
          .get()
          .get(partition.topic())
          .partitions()
          .get(partition.partition());
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static List<Integer> replicas(KafkaArm kafka, TopicPartition partition) {
    return info(kafka, partition).replicas().stream().map(Node::id).toList();
  }

  static List<Integer> inSync(KafkaArm kafka, TopicPartition partition) {
    return info(kafka, partition).isr().stream().map(Node::id).sorted().toList();
  }

  static int leader(KafkaArm kafka, TopicPartition partition) {
    Node leader = info(kafka, partition).leader();
    return leader == null ? -1 : leader.id();
  }

  static void reassign(KafkaArm kafka, TopicPartition partition, Integer... target)
      throws Exception {
    kafka
        .admin()
        .alterPartitionReassignments(
            Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(target)))))
        .all()
        .get();
  }

  static Map<TopicPartition, PartitionReassignment> moves(KafkaArm kafka) {
    try {
      return kafka.admin().listPartitionReassignments().reassignments().get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Optional<Throwable> electPreferred(KafkaArm kafka, TopicPartition partition)
      throws Exception {
    return elect(kafka, ElectionType.PREFERRED, partition);
  }

  static Optional<Throwable> elect(KafkaArm kafka, ElectionType type, TopicPartition partition)
      throws Exception {
    return kafka.admin().electLeaders(type, Set.of(partition)).partitions().get().get(partition);
  }

  static Map<Integer, String> fenced(KafkaArm kafka) {
    try {
      Map<Integer, String> states = new TreeMap<>();
      kafka
          .admin()
          .describeCluster(new DescribeClusterOptions().includeFencedBrokers(true))
          .nodes()
          .get()
          .forEach(node -> states.put(node.id(), node.isFenced() ? "away" : "there"));
      return states;
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
