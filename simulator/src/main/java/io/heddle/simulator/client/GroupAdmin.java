package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterStreamsGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DeleteShareGroupsOptions;
import org.apache.kafka.clients.admin.DeleteShareGroupsResult;
import org.apache.kafka.clients.admin.DeleteStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteStreamsGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteStreamsGroupsOptions;
import org.apache.kafka.clients.admin.DeleteStreamsGroupsResult;
import org.apache.kafka.clients.admin.DescribeClassicGroupsOptions;
import org.apache.kafka.clients.admin.DescribeClassicGroupsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The part of {@code Admin} in which groups of all types are one to the broker: what deletes them,
 * and their offsets. Of streams and share groups that is all that is modelled.
 */
interface GroupAdmin extends Admin {
  AdminGroups groups();

  AdminOffsets offsets();

  @Override
  default DescribeClassicGroupsResult describeClassicGroups(
      Collection<String> groupIds, DescribeClassicGroupsOptions options) {
    TopicAdmin.refuseOperations(options.includeAuthorizedOperations());
    return new DescribeClassicGroupsResult(
        AdminOutcome.toFutures(groups().describeAsClassic(groupIds, options.timeoutMs())));
  }

  @Override
  default DeleteConsumerGroupOffsetsResult deleteConsumerGroupOffsets(
      String groupId, Set<TopicPartition> partitions, DeleteConsumerGroupOffsetsOptions options) {
    AdminOutcome<Map<TopicPartition, ErrorCode>> deleted =
        offsets().delete(groupId, partitions, options.timeoutMs());
    return AdminResults.deletedOffsets(
        deleted.map(codes -> AdminResults.errors(Objects.requireNonNull(codes))).toFuture(),
        partitions);
  }

  @Override
  default DeleteStreamsGroupOffsetsResult deleteStreamsGroupOffsets(
      String groupId, Set<TopicPartition> partitions, DeleteStreamsGroupOffsetsOptions options) {
    return AdminResults.ofStreams(
        deleteConsumerGroupOffsets(
            groupId,
            partitions,
            new DeleteConsumerGroupOffsetsOptions().timeoutMs(options.timeoutMs())));
  }

  @Override
  default DeleteStreamsGroupsResult deleteStreamsGroups(
      Collection<String> groupIds, DeleteStreamsGroupsOptions options) {
    return AdminResults.ofStreams(
        deleteConsumerGroups(
            groupIds, new DeleteConsumerGroupsOptions().timeoutMs(options.timeoutMs())));
  }

  @Override
  default DeleteShareGroupsResult deleteShareGroups(
      Collection<String> groupIds, DeleteShareGroupsOptions options) {
    return AdminResults.ofShare(
        deleteConsumerGroups(
            groupIds, new DeleteConsumerGroupsOptions().timeoutMs(options.timeoutMs())));
  }

  @Override
  default ListStreamsGroupOffsetsResult listStreamsGroupOffsets(
      Map<String, ListStreamsGroupOffsetsSpec> specs, ListStreamsGroupOffsetsOptions options) {
    Map<String, ListConsumerGroupOffsetsSpec> wanted = new LinkedHashMap<>();
    CallerOrder.byName(specs)
        .forEach(
            (group, spec) ->
                wanted.put(
                    group,
                    new ListConsumerGroupOffsetsSpec().topicPartitions(spec.topicPartitions())));
    return AdminResults.ofStreams(
        listConsumerGroupOffsets(
            wanted,
            new ListConsumerGroupOffsetsOptions()
                .requireStable(options.requireStable())
                .timeoutMs(options.timeoutMs())));
  }

  @Override
  default AlterStreamsGroupOffsetsResult alterStreamsGroupOffsets(
      String groupId,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      AlterStreamsGroupOffsetsOptions options) {
    return AdminResults.ofStreams(
        alterConsumerGroupOffsets(
            groupId,
            offsets,
            new AlterConsumerGroupOffsetsOptions().timeoutMs(options.timeoutMs())));
  }
}
