package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsResult;
import org.apache.kafka.clients.admin.DeleteRecordsOptions;
import org.apache.kafka.clients.admin.DeleteRecordsResult;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsResult;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupsResult;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupResult;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * An {@code Admin} on the simulated Kafka. A call takes virtual time until its outcome is there and
 * then returns futures that are done; several simulated threads may call at once.
 *
 * <p>Refuses by name: whatever {@link UnmodelledAdmin} and {@link UnmodelledGroups} list, and of
 * the modelled calls: internal topics, authorized operations, settings of brokers.
 */
public final class SimAdmin
    implements ClusterAdmin,
        ConstantAdmin,
        GroupAdmin,
        ResourceAdmin,
        TopicAdmin,
        TransactionAdmin,
        UnmodelledAdmin {
  private final AdminCalls calls;
  private final AdminTopics topics;
  private final AdminPartitions partitions;
  private final AdminGroups groups;
  private final AdminOffsets offsets;
  private final AdminResources resources;
  private final AdminTransactions transactions;
  private final AdminCluster cluster;
  private final AdminUsers users;

  private SimAdmin(AdminCalls calls) {
    this.calls = calls;
    this.topics = new AdminTopics(calls);
    this.partitions = new AdminPartitions(calls);
    this.groups = new AdminGroups(calls);
    this.offsets = new AdminOffsets(calls);
    this.resources = new AdminResources(calls);
    this.transactions = new AdminTransactions(calls);
    this.cluster = new AdminCluster(calls);
    this.users = new AdminUsers(calls);
  }

  /**
   * An admin client with kafka-clients' configuration; {@code bootstrap.servers} need not be given.
   *
   * @throws org.apache.kafka.common.config.ConfigException as kafka-clients does
   */
  public static SimAdmin create(ClientContext context, Map<String, Object> properties) {
    return new SimAdmin(new AdminCalls(context, AdminSettings.of(properties)));
  }

  /** For the simulator's own use. */
  @Override
  public AdminTopics topics() {
    return topics;
  }

  /** For the simulator's own use. */
  @Override
  public AdminCluster cluster() {
    return cluster;
  }

  /** For the simulator's own use. */
  @Override
  public AdminUsers users() {
    return users;
  }

  /** For the simulator's own use. */
  @Override
  public AdminGroups groups() {
    return groups;
  }

  /** For the simulator's own use. */
  @Override
  public AdminOffsets offsets() {
    return offsets;
  }

  /** For the simulator's own use. */
  @Override
  public AdminResources resources() {
    return resources;
  }

  /** For the simulator's own use. */
  @Override
  public AdminTransactions transactions() {
    return transactions;
  }

  @Override
  public void close(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    calls.close(timeout);
  }

  @Override
  public ListOffsetsResult listOffsets(
      Map<TopicPartition, OffsetSpec> specs, ListOffsetsOptions options) {
    Map<TopicPartition, Long> timestamps = new LinkedHashMap<>();
    CallerOrder.byPartition(specs)
        .forEach((partition, spec) -> timestamps.put(partition, timestamp(spec)));
    return new ListOffsetsResult(
        AdminOutcome.toFutures(
            partitions.listOffsets(timestamps, options.isolationLevel(), options.timeoutMs())));
  }

  private static long timestamp(OffsetSpec spec) {
    if (spec instanceof OffsetSpec.LatestSpec) {
      return ListOffsetsRequest.LATEST;
    }
    if (spec instanceof OffsetSpec.EarliestSpec) {
      return ListOffsetsRequest.EARLIEST;
    }
    if (spec instanceof OffsetSpec.MaxTimestampSpec) {
      return ListOffsetsRequest.MAX_TIMESTAMP;
    }
    if (spec instanceof OffsetSpec.EarliestLocalSpec) {
      return ListOffsetsRequest.EARLIEST_LOCAL;
    }
    if (spec instanceof OffsetSpec.LatestTieredSpec) {
      return ListOffsetsRequest.LATEST_TIERED;
    }
    if (spec instanceof OffsetSpec.EarliestPendingUploadSpec) {
      return ListOffsetsRequest.EARLIEST_PENDING_UPLOAD;
    }
    // As kafka-clients does with a spec of a class of its own: the end.
    return AdminResults.timestampOf(spec).orElse(ListOffsetsRequest.LATEST);
  }

  @Override
  public DeleteRecordsResult deleteRecords(
      Map<TopicPartition, RecordsToDelete> recordsToDelete, DeleteRecordsOptions options) {
    Map<TopicPartition, Long> before = new LinkedHashMap<>();
    CallerOrder.byPartition(recordsToDelete)
        .forEach((partition, records) -> before.put(partition, records.beforeOffset()));
    return new DeleteRecordsResult(
        AdminOutcome.toFutures(partitions.deleteRecords(before, options.timeoutMs())));
  }

  @Override
  public ListGroupsResult listGroups(ListGroupsOptions options) {
    Set<String> protocols = options.protocolTypes();
    return AdminResults.listedGroups(
        listed(
            groups.list("listGroups", options.timeoutMs()),
            group ->
                isListed(group, options.groupStates(), options.types())
                    && (protocols.isEmpty() || protocols.contains(group.protocolType())),
            group ->
                new GroupListing(
                    group.groupId(),
                    Optional.of(GroupType.CLASSIC),
                    group.protocolType(),
                    Optional.of(GroupState.parse(group.state())))));
  }

  /**
   * {@inheritDoc}
   *
   * <p>kafka-clients means to remove this call but still declares it: hence the suppression.
   */
  @Override
  @SuppressWarnings({"deprecation", "removal"})
  public ListConsumerGroupsResult listConsumerGroups(ListConsumerGroupsOptions options) {
    return AdminResults.listedConsumerGroups(
        listed(
            groups.list("listConsumerGroups", options.timeoutMs()),
            group ->
                isListed(group, options.groupStates(), options.types())
                    && (group.protocolType().isEmpty()
                        || group.protocolType().equals(AdminGroups.CONSUMER)),
            group ->
                new ConsumerGroupListing(
                    group.groupId(),
                    Optional.of(GroupState.parse(group.state())),
                    Optional.of(GroupType.CLASSIC),
                    group.protocolType().isEmpty())));
  }

  /** Filters as Kafka's broker does; every simulated group is a classic one. */
  private static boolean isListed(ListedGroup group, Set<GroupState> states, Set<GroupType> types) {
    return (states.isEmpty() || states.contains(GroupState.parse(group.state())))
        && (types.isEmpty() || types.contains(GroupType.CLASSIC));
  }

  private static Collection<Object> listed(
      AdminGroups.Listing listing,
      Predicate<ListedGroup> wanted,
      java.util.function.Function<ListedGroup, Object> form) {
    List<Object> all = new ArrayList<>();
    listing.groups().stream().filter(wanted).map(form).forEach(all::add);
    all.addAll(listing.errors());
    return all;
  }

  @Override
  public DescribeConsumerGroupsResult describeConsumerGroups(
      Collection<String> groupIds, DescribeConsumerGroupsOptions options) {
    TopicAdmin.refuseOperations(options.includeAuthorizedOperations());
    return new DescribeConsumerGroupsResult(
        AdminOutcome.toFutures(groups.describe(groupIds, options.timeoutMs())));
  }

  @Override
  public DeleteConsumerGroupsResult deleteConsumerGroups(
      Collection<String> groupIds, DeleteConsumerGroupsOptions options) {
    return AdminResults.deletedGroups(
        AdminOutcome.toFutures(groups.delete(groupIds, options.timeoutMs())));
  }

  @Override
  public RemoveMembersFromConsumerGroupResult removeMembersFromConsumerGroup(
      String groupId, RemoveMembersFromConsumerGroupOptions options) {
    return AdminResults.removedMembers(
        groups
            .removeMembers(groupId, options)
            .map(results -> AdminResults.errors(Objects.requireNonNull(results)))
            .toFuture(),
        options.members());
  }

  @Override
  public ListConsumerGroupOffsetsResult listConsumerGroupOffsets(
      Map<String, ListConsumerGroupOffsetsSpec> specs, ListConsumerGroupOffsetsOptions options) {
    return AdminResults.listedOffsets(
        AdminOutcome.toFutures(offsets.list(specs, options.requireStable(), options.timeoutMs())));
  }

  @Override
  public AlterConsumerGroupOffsetsResult alterConsumerGroupOffsets(
      String groupId,
      Map<TopicPartition, OffsetAndMetadata> altered,
      AlterConsumerGroupOffsetsOptions options) {
    return AdminResults.alteredOffsets(
        offsets
            .alter(groupId, altered, options.timeoutMs())
            .map(codes -> AdminResults.errors(Objects.requireNonNull(codes)))
            .toFuture());
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return calls.metrics().all();
  }
}
