package io.heddle.simulator.client;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.AlterStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterStreamsGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteShareGroupsOptions;
import org.apache.kafka.clients.admin.DeleteShareGroupsResult;
import org.apache.kafka.clients.admin.DeleteStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteStreamsGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteStreamsGroupsOptions;
import org.apache.kafka.clients.admin.DeleteStreamsGroupsResult;
import org.apache.kafka.clients.admin.DescribeClassicGroupsOptions;
import org.apache.kafka.clients.admin.DescribeClassicGroupsResult;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsResult;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What of {@code Admin} is not modelled about groups: each call refuses by its name. */
interface UnmodelledGroups extends Admin {
  @Override
  default ListStreamsGroupOffsetsResult listStreamsGroupOffsets(
      Map<String, ListStreamsGroupOffsetsSpec> entries, ListStreamsGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.listStreamsGroupOffsets");
  }

  @Override
  default DeleteStreamsGroupsResult deleteStreamsGroups(
      Collection<String> items, DeleteStreamsGroupsOptions options) {
    throw Refusal.notModelled("Admin.deleteStreamsGroups");
  }

  @Override
  default DeleteConsumerGroupOffsetsResult deleteConsumerGroupOffsets(
      String id, Set<TopicPartition> items, DeleteConsumerGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.deleteConsumerGroupOffsets");
  }

  @Override
  default DeleteStreamsGroupOffsetsResult deleteStreamsGroupOffsets(
      String id, Set<TopicPartition> items, DeleteStreamsGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.deleteStreamsGroupOffsets");
  }

  @Override
  default AlterStreamsGroupOffsetsResult alterStreamsGroupOffsets(
      String id,
      Map<TopicPartition, OffsetAndMetadata> entries,
      AlterStreamsGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.alterStreamsGroupOffsets");
  }

  @Override
  default DescribeShareGroupsResult describeShareGroups(
      Collection<String> items, DescribeShareGroupsOptions options) {
    throw Refusal.notModelled("Admin.describeShareGroups");
  }

  @Override
  default AlterShareGroupOffsetsResult alterShareGroupOffsets(
      String id, Map<TopicPartition, Long> entries, AlterShareGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.alterShareGroupOffsets");
  }

  @Override
  default ListShareGroupOffsetsResult listShareGroupOffsets(
      Map<String, ListShareGroupOffsetsSpec> entries, ListShareGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.listShareGroupOffsets");
  }

  @Override
  default DeleteShareGroupOffsetsResult deleteShareGroupOffsets(
      String id, Set<String> items, DeleteShareGroupOffsetsOptions options) {
    throw Refusal.notModelled("Admin.deleteShareGroupOffsets");
  }

  @Override
  default DeleteShareGroupsResult deleteShareGroups(
      Collection<String> items, DeleteShareGroupsOptions options) {
    throw Refusal.notModelled("Admin.deleteShareGroups");
  }

  @Override
  default DescribeStreamsGroupsResult describeStreamsGroups(
      Collection<String> items, DescribeStreamsGroupsOptions options) {
    throw Refusal.notModelled("Admin.describeStreamsGroups");
  }

  @Override
  default DescribeClassicGroupsResult describeClassicGroups(
      Collection<String> items, DescribeClassicGroupsOptions options) {
    throw Refusal.notModelled("Admin.describeClassicGroups");
  }
}
