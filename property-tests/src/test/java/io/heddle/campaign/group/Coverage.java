package io.heddle.campaign.group;

import io.heddle.simulator.protocol.ConsumerGroupDescribeRequest;
import io.heddle.simulator.protocol.ConsumerGroupDescribeResponse;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.DeleteGroupsResponse;
import io.heddle.simulator.protocol.DescribeGroupsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.JoinGroupRequest;
import io.heddle.simulator.protocol.JoinGroupResponse;
import io.heddle.simulator.protocol.LeaveGroupRequest;
import io.heddle.simulator.protocol.LeaveGroupResponse;
import io.heddle.simulator.protocol.ListGroupsResponse;
import io.heddle.simulator.protocol.OffsetCommitRequest;
import io.heddle.simulator.protocol.OffsetCommitResponse;
import io.heddle.simulator.protocol.OffsetDeleteRequest;
import io.heddle.simulator.protocol.OffsetDeleteResponse;
import io.heddle.simulator.protocol.OffsetFetchRequest;
import io.heddle.simulator.protocol.OffsetFetchResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import io.heddle.simulator.protocol.SyncGroupRequest;
import io.heddle.simulator.protocol.SyncGroupResponse;
import io.heddle.simulator.protocol.TxnOffsetCommitResponse;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often which API was answered with which error in which state of the group. */
final class Coverage {
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private final Map<Integer, String> states = new HashMap<>();

  /** Operations are numbered anew. */
  void startSequence() {
    states.clear();
  }

  /** Notes in what state the group is that is asked. */
  void asked(int number, Operation operation, SimulatorSide simulator) {
    String group = groupOf(operation);
    states.put(number, group.isEmpty() ? "-" : simulator.stateOf(group));
  }

  void answered(int number, Response response) {
    String state = states.remove(number);
    String api = response.getClass().getSimpleName().replace("Response", "");
    for (ErrorCode error : errors(response)) {
      counts.merge(api + " in " + state + ": " + error, 1L, Long::sum);
    }
  }

  void add(Coverage other) {
    other.counts.forEach((key, count) -> counts.merge(key, count, Long::sum));
  }

  /** By API, state and error, in the order of the alphabet. */
  Map<String, Long> counts() {
    return counts;
  }

  private static String groupOf(Operation operation) {
    if (operation instanceof Operation.CommitInTransaction commit) {
      return commit.request().groupId();
    }
    return operation instanceof Operation.Send send ? groupOf(send.request()) : "";
  }

  private static String groupOf(Request request) {
    if (request instanceof JoinGroupRequest join) {
      return join.groupId();
    } else if (request instanceof SyncGroupRequest sync) {
      return sync.groupId();
    } else if (request instanceof HeartbeatRequest heartbeat) {
      return heartbeat.groupId();
    } else if (request instanceof ConsumerGroupHeartbeatRequest heartbeat) {
      return heartbeat.groupId();
    } else if (request instanceof LeaveGroupRequest leave) {
      return leave.groupId();
    } else if (request instanceof OffsetCommitRequest commit) {
      return commit.groupId();
    } else if (request instanceof OffsetFetchRequest fetch) {
      return fetch.groupId();
    } else if (request instanceof OffsetDeleteRequest delete) {
      return delete.groupId();
    } else if (request instanceof ConsumerGroupDescribeRequest describe) {
      return describe.groupIds().size() == 1 ? describe.groupIds().get(0) : "";
    }
    return "";
  }

  /** The errors in a response; NONE too, if any part has it. */
  static Set<ErrorCode> errors(Response response) {
    if (response instanceof JoinGroupResponse join) {
      return EnumSet.of(join.error());
    } else if (response instanceof SyncGroupResponse sync) {
      return EnumSet.of(sync.error());
    } else if (response instanceof HeartbeatResponse heartbeat) {
      return EnumSet.of(heartbeat.error());
    } else if (response instanceof ConsumerGroupHeartbeatResponse heartbeat) {
      return EnumSet.of(heartbeat.error());
    } else if (response instanceof LeaveGroupResponse leave) {
      return all(leave.error(), leave.members().stream().map(it -> it.error()).toList());
    } else if (response instanceof OffsetCommitResponse commit) {
      return all(ErrorCode.NONE, commit.partitions().values());
    } else if (response instanceof TxnOffsetCommitResponse commit) {
      return all(ErrorCode.NONE, commit.partitions().values());
    } else if (response instanceof OffsetFetchResponse fetch) {
      return all(
          fetch.error(), fetch.partitions().values().stream().map(it -> it.error()).toList());
    } else if (response instanceof DescribeGroupsResponse describe) {
      return all(ErrorCode.NONE, describe.groups().stream().map(it -> it.error()).toList());
    } else if (response instanceof OffsetDeleteResponse delete) {
      return all(delete.error(), delete.partitions().values());
    } else if (response instanceof ConsumerGroupDescribeResponse describe) {
      return all(ErrorCode.NONE, describe.groups().stream().map(it -> it.error()).toList());
    } else if (response instanceof DeleteGroupsResponse delete) {
      return all(ErrorCode.NONE, delete.groups().values());
    } else if (response instanceof ListGroupsResponse list) {
      return EnumSet.of(list.error());
    }
    throw new IllegalArgumentException("no answer of a group coordinator: " + response);
  }

  private static Set<ErrorCode> all(ErrorCode whole, Collection<ErrorCode> parts) {
    if (whole != ErrorCode.NONE) {
      return EnumSet.of(whole);
    }
    List<ErrorCode> errors = List.copyOf(parts);
    return errors.isEmpty() ? EnumSet.of(ErrorCode.NONE) : EnumSet.copyOf(errors);
  }
}
