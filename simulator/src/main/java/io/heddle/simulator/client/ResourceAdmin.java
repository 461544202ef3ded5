package io.heddle.simulator.client;

import io.heddle.simulator.protocol.DescribeLogDirsResponse;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest;
import io.heddle.simulator.protocol.IncrementalAlterConfigsRequest.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.AlterConfigsResult;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreatePartitionsResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.DescribeLogDirsResult;
import org.apache.kafka.clients.admin.DescribeReplicaLogDirsOptions;
import org.apache.kafka.clients.admin.DescribeReplicaLogDirsResult;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesResult;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** The part of {@code Admin} that is about settings, counts of partitions and disks. */
interface ResourceAdmin extends Admin {
  AdminResources resources();

  @Override
  default CreatePartitionsResult createPartitions(
      Map<String, NewPartitions> counts, CreatePartitionsOptions options) {
    return AdminResults.createdPartitions(
        AdminOutcome.toFutures(
            resources().grow(counts, options.validateOnly(), options.timeoutMs())));
  }

  @Override
  default DescribeConfigsResult describeConfigs(
      Collection<ConfigResource> described, DescribeConfigsOptions options) {
    List<String> topics =
        new LinkedHashSet<>(CallerOrder.of(described, ConfigResource::name))
            .stream().map(each -> topic("describeConfigs", each)).toList();
    return AdminResults.describedConfigs(
        byResource(AdminOutcome.toFutures(resources().configs(topics, options.timeoutMs()))));
  }

  private static String topic(String call, ConfigResource resource) {
    if (resource.type() != ConfigResource.Type.TOPIC) {
      throw Refusal.notModelled("Admin." + call + " of a " + resource.type());
    }
    return resource.name();
  }

  private static <V> Map<ConfigResource, KafkaFuture<V>> byResource(
      Map<String, KafkaFuture<V>> byTopic) {
    Map<ConfigResource, KafkaFuture<V>> all = new LinkedHashMap<>();
    byTopic.forEach(
        (topic, value) -> all.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), value));
    return all;
  }

  @Override
  default AlterConfigsResult incrementalAlterConfigs(
      Map<ConfigResource, Collection<AlterConfigOp>> changes, AlterConfigsOptions options) {
    Map<String, List<Change>> byTopic = new TreeMap<>();
    changes.forEach(
        (resource, operations) ->
            byTopic.put(
                topic("incrementalAlterConfigs", resource),
                CallerOrder.of(operations, operation -> operation.configEntry().name()).stream()
                    .map(ResourceAdmin::change)
                    .toList()));
    return AdminResults.alteredConfigs(
        byResource(
            AdminOutcome.toFutures(
                resources().alter(byTopic, options.shouldValidateOnly(), options.timeoutMs()))));
  }

  private static Change change(AlterConfigOp operation) {
    return new Change(
        IncrementalAlterConfigsRequest.Operation.valueOf(operation.opType().name()),
        operation.configEntry().name(),
        Objects.requireNonNullElse(operation.configEntry().value(), ""));
  }

  @Override
  default ListConfigResourcesResult listConfigResources(
      Set<ConfigResource.Type> types, ListConfigResourcesOptions options) {
    return AdminResults.listedConfigResources(
        resources().list(types, options.timeoutMs()).toFuture());
  }

  @Override
  default DescribeLogDirsResult describeLogDirs(
      Collection<Integer> brokers, DescribeLogDirsOptions options) {
    Map<Integer, AdminOutcome<Map<String, LogDirDescription>>> described = new LinkedHashMap<>();
    resources()
        .logDirs(brokers, options.timeoutMs())
        .forEach(
            (broker, told) ->
                described.put(broker, told.map(it -> directory(Objects.requireNonNull(it)))));
    return AdminResults.describedLogDirs(AdminOutcome.toFutures(described));
  }

  private static Map<String, LogDirDescription> directory(DescribeLogDirsResponse response) {
    Map<TopicPartition, ReplicaInfo> replicas = new LinkedHashMap<>();
    response
        .bytes()
        .forEach((partition, bytes) -> replicas.put(partition, new ReplicaInfo(bytes, 0, false)));
    return Map.of(response.directory(), new LogDirDescription(null, replicas));
  }

  @Override
  default DescribeReplicaLogDirsResult describeReplicaLogDirs(
      Collection<TopicPartitionReplica> replicas, DescribeReplicaLogDirsOptions options) {
    List<TopicPartitionReplica> wanted =
        new ArrayList<>(CallerOrder.of(replicas, TopicPartitionReplica::toString));
    Map<Integer, AdminOutcome<DescribeLogDirsResponse>> told =
        resources()
            .logDirs(
                wanted.stream().map(TopicPartitionReplica::brokerId).distinct().sorted().toList(),
                options.timeoutMs());
    Map<TopicPartitionReplica, KafkaFuture<@Nullable String>> directories = new LinkedHashMap<>();
    for (TopicPartitionReplica replica : wanted) {
      TopicPartition partition = new TopicPartition(replica.topic(), replica.partition());
      directories.put(
          replica,
          Objects.requireNonNull(told.get(replica.brokerId()))
              .<String>map(
                  response ->
                      Objects.requireNonNull(response).bytes().containsKey(partition)
                          ? response.directory()
                          : null)
              .toFuture());
    }
    return AdminResults.describedReplicaLogDirs(directories);
  }
}
