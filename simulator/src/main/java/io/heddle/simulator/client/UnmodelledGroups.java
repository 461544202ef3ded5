package io.heddle.simulator.client;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsResult;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;

/** What of {@code Admin} is not modelled about groups: each call refuses by its name. */
interface UnmodelledGroups extends Admin {
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
  default DescribeStreamsGroupsResult describeStreamsGroups(
      Collection<String> items, DescribeStreamsGroupsOptions options) {
    throw Refusal.notModelled("Admin.describeStreamsGroups");
  }
}
