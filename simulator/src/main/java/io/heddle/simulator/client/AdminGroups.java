package io.heddle.simulator.client;

import io.heddle.simulator.protocol.DeleteGroupsRequest;
import io.heddle.simulator.protocol.DeleteGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsRequest;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedGroup;
import io.heddle.simulator.protocol.DescribeGroupsResponse.DescribedMember;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupRequest.MemberIdentity;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.ListGroupsRequest;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.ListGroupsResponse.ListedGroup;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about groups and their members. */
final class AdminGroups {
  /** The protocol type of a group of consumers. */
  static final String CONSUMER = "consumer";

  private static final String REASON = "member was removed by an admin";
  private static final int MAX_REASON_LENGTH = 255;

  private final AdminCalls calls;
  private final AdminConsumerGroups modern;

  AdminGroups(AdminCalls calls) {
    this.calls = calls;
    this.modern = new AdminConsumerGroups(calls);
  }

  /** The groups of all brokers, and what went wrong at those that did not answer. */
  record Listing(List<ListedGroup> groups, List<Throwable> errors) {}

  Listing list(String name, @Nullable Integer timeoutMs) {
    long deadline = calls.deadline(timeoutMs);
    AdminOutcome<MetadataResponse> metadata = brokers("findAllBrokers", deadline);
    MetadataResponse known = metadata.value();
    if (known == null) {
      return new Listing(
          List.of(),
          List.of(
              new KafkaException("Failed to find brokers to send ListGroups", metadata.failure())));
    }
    Map<String, ListedGroup> groups = new LinkedHashMap<>();
    List<Throwable> errors = new ArrayList<>();
    Map<Node, AdminOutcome<List<ListedGroup>>> outcomes =
        calls.run(
            name,
            deadline,
            known.brokers(),
            new AdminRoute.Given<>(Node::id),
            new AdminStep<>(
                ListGroupsResponse.class,
                false,
                keys -> new ListGroupsRequest(),
                AdminGroups::readListing));
    outcomes.forEach(
        (node, outcome) -> {
          List<ListedGroup> listed = outcome.value();
          if (listed != null) {
            listed.forEach(group -> groups.put(group.groupId(), group));
          } else {
            errors.add(listingFailure(node, Objects.requireNonNull(outcome.failure())));
          }
        });
    return new Listing(List.copyOf(groups.values()), errors);
  }

  private static void readListing(
      ListGroupsResponse response, AdminCall<Node, List<ListedGroup>> call) {
    for (Node node : call.unanswered()) {
      switch (response.error()) {
        case NONE -> call.done(node, response.groups());
        case COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE ->
            call.again(node, response.error().exception());
        default -> call.failed(node, response.error().exception("Error listing groups on " + node));
      }
    }
  }

  private static Throwable listingFailure(Node node, Throwable failure) {
    return failure instanceof TimeoutException
        ? new TimeoutException("Error listing groups on " + node + ": " + failure.getMessage())
        : failure;
  }

  Map<String, AdminOutcome<ConsumerGroupDescription>> describe(
      Collection<String> groups, @Nullable Integer timeoutMs) {
    long deadline = calls.deadline(timeoutMs);
    // The protocol's record names a coordinator by its id alone; a description shows its address.
    AdminOutcome<MetadataResponse> metadata = brokers("describeConsumerGroups", deadline);
    MetadataResponse known = metadata.value();
    Map<String, AdminOutcome<ConsumerGroupDescription>> outcomes = new LinkedHashMap<>();
    if (known == null) {
      Throwable failure = Objects.requireNonNull(metadata.failure());
      groups.forEach(group -> outcomes.put(group, AdminOutcome.failed(failure)));
      return outcomes;
    }
    Set<String> wanted = new LinkedHashSet<>(CallerOrder.of(groups, group -> group));
    outcomes.putAll(modern.describe(wanted, known.brokers(), deadline));
    // As in Kafka, whatever is no consumer group is asked for as a classic one.
    wanted.removeIf(
        group ->
            !(Objects.requireNonNull(outcomes.get(group)).failure()
                instanceof GroupIdNotFoundException));
    if (!wanted.isEmpty()) {
      outcomes.putAll(describeClassic(wanted, known.brokers(), deadline));
    }
    return outcomes;
  }

  private Map<String, AdminOutcome<ConsumerGroupDescription>> describeClassic(
      Set<String> groups, List<Node> brokers, long deadlineNanos) {
    return calls.run(
        "describeConsumerGroups",
        deadlineNanos,
        groups,
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            DescribeGroupsResponse.class,
            true,
            DescribeGroupsRequest::new,
            (response, call) ->
                response.groups().forEach(group -> readDescription(group, brokers, call))));
  }

  Map<String, AdminOutcome<ClassicGroupDescription>> describeAsClassic(
      Collection<String> groups, @Nullable Integer timeoutMs) {
    long deadline = calls.deadline(timeoutMs);
    AdminOutcome<MetadataResponse> metadata = brokers("describeClassicGroups", deadline);
    MetadataResponse known = metadata.value();
    if (known == null) {
      Map<String, AdminOutcome<ClassicGroupDescription>> outcomes = new LinkedHashMap<>();
      Throwable failure = Objects.requireNonNull(metadata.failure());
      groups.forEach(group -> outcomes.put(group, AdminOutcome.failed(failure)));
      return outcomes;
    }
    return calls.run(
        "describeClassicGroups",
        deadline,
        new LinkedHashSet<>(CallerOrder.of(groups, group -> group)),
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            DescribeGroupsResponse.class,
            true,
            DescribeGroupsRequest::new,
            (response, call) ->
                response.groups().forEach(group -> readClassic(group, known.brokers(), call))));
  }

  private static void readClassic(
      DescribedGroup group, List<Node> brokers, AdminCall<String, ClassicGroupDescription> call) {
    String groupId = group.groupId();
    if (group.error() == ErrorCode.NONE) {
      call.done(
          groupId,
          new ClassicGroupDescription(
              groupId,
              group.protocolType(),
              group.protocol(),
              group.members().stream().map(AdminGroups::description).toList(),
              ClassicGroupState.parse(group.state()),
              AdminTopics.node(brokers, call.brokerOf(groupId))));
    } else {
      readGroupError(groupId, group.error(), call);
    }
  }

  private AdminOutcome<MetadataResponse> brokers(String name, long deadlineNanos) {
    return calls.metadata(name, deadlineNanos, new MetadataRequest(List.of(), false, false));
  }

  private static void readDescription(
      DescribedGroup group, List<Node> brokers, AdminCall<String, ConsumerGroupDescription> call) {
    String groupId = group.groupId();
    if (group.error() != ErrorCode.NONE) {
      readGroupError(groupId, group.error(), call);
    } else if (group.protocolType().isEmpty() || group.protocolType().equals(CONSUMER)) {
      Node coordinator = AdminTopics.node(brokers, call.brokerOf(groupId));
      call.done(groupId, description(group, coordinator));
    } else {
      call.failed(
          groupId,
          new IllegalArgumentException(
              "GroupId " + groupId + " is not a consumer group (" + group.protocolType() + ")."));
    }
  }

  private static ConsumerGroupDescription description(
      DescribedGroup group, @Nullable Node coordinator) {
    return new ConsumerGroupDescription(
        group.groupId(),
        group.protocolType().isEmpty(),
        group.members().stream().map(AdminGroups::description).toList(),
        group.protocol(),
        GroupType.CLASSIC,
        GroupState.parse(group.state()),
        coordinator,
        null,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A member. kafka-clients 4.2 means to remove this constructor, but what takes its place is not
   * in 4.0 and 4.1, with which the simulator also runs: hence the suppression.
   */
  @SuppressWarnings("removal")
  private static MemberDescription description(DescribedMember member) {
    return new MemberDescription(
        member.memberId(),
        member.groupInstanceId(),
        member.clientId(),
        member.clientHost(),
        new OrderedAssignment(GroupEncoding.assignment(member.assignment()).partitions()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Map<String, AdminOutcome<Void>> delete(Collection<String> groups, @Nullable Integer timeoutMs) {
    return calls.run(
        "deleteConsumerGroups",
        calls.deadline(timeoutMs),
        new LinkedHashSet<>(CallerOrder.of(groups, group -> group)),
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            DeleteGroupsResponse.class,
            true,
            DeleteGroupsRequest::new,
            (response, call) ->
                response
                    .groups()
                    .forEach(
                        (group, error) -> {
                          if (error == ErrorCode.NONE) {
                            call.done(group, null);
                          } else {
                            readGroupError(group, error, call);
                          }
                        })));
  }

  /** What became of each member of the group that was to leave. */
  AdminOutcome<List<LeaveGroupResponse.MemberResult>> removeMembers(
      String groupId, RemoveMembersFromConsumerGroupOptions options) {
    String reason = reason(options.reason());
    List<MemberIdentity> leaving = new ArrayList<>();
    if (options.removeAll()) {
      AdminOutcome<ConsumerGroupDescription> described =
          Objects.requireNonNull(describe(List.of(groupId), null).get(groupId));
      ConsumerGroupDescription group = described.value();
      if (group == null) {
        return AdminOutcome.failed(
            new KafkaException(
                "Encounter exception when trying to get members from group: " + groupId,
                described.failure()));
      }
      group.members().forEach(member -> leaving.add(identity(member, reason)));
    } else {
      for (MemberToRemove member :
          CallerOrder.of(options.members(), MemberToRemove::groupInstanceId)) {
        leaving.add(new MemberIdentity("", Optional.of(member.groupInstanceId()), reason));
      }
    }
    return calls.runOne(
        "removeMembersFromConsumerGroup",
        calls.deadline(options.timeoutMs()),
        groupId,
        AdminRoute.toCoordinator(),
        new AdminStep<>(
            LeaveGroupResponse.class,
            false,
            keys -> new LeaveGroupRequest(groupId, leaving),
            (response, call) -> {
              if (response.error() == ErrorCode.NONE) {
                call.done(groupId, response.members());
              } else {
                readGroupError(groupId, response.error(), call);
              }
            }));
  }

  private static MemberIdentity identity(MemberDescription member, String reason) {
    return member.groupInstanceId().isPresent()
        ? new MemberIdentity("", member.groupInstanceId(), reason)
        : new MemberIdentity(member.consumerId(), Optional.empty(), reason);
  }

  private static String reason(@Nullable String given) {
    if (given == null || given.isEmpty()) {
      return REASON;
    }
    return given.substring(0, Math.min(given.length(), MAX_REASON_LENGTH));
  }

  /** What an error means that a coordinator gives for a whole group. */
  static void readGroupError(String groupId, ErrorCode error, AdminCall<String, ?> call) {
    switch (error) {
      case COORDINATOR_LOAD_IN_PROGRESS -> call.again(groupId, error.exception());
      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> call.moved(groupId, error.exception());
      default -> call.failed(groupId, error.exception());
    }
  }
}
