package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Looks for what must never be true inside the brokers. */
final class ConsistencyCheck {
  private final Topics topics;
  private final GroupCoordinator coordinator;
  private final OffsetStore offsets;
  private final List<String> violations = new ArrayList<>();

  ConsistencyCheck(Topics topics, GroupCoordinator coordinator, OffsetStore offsets) {
    this.topics = topics;
    this.coordinator = coordinator;
    this.offsets = offsets;
  }

  List<String> violations() {
    for (Topic topic : topics.all()) {
      for (Partition partition : topic.partitions()) {
        checkLog(partition);
      }
    }
    coordinator.groups().all().forEach(this::checkGroup);
    coordinator.timers().keys().forEach(this::checkTimer);
    checkOffsets();
    return violations;
  }

  private void checkLog(Partition partition) {
    PartitionLog log = partition.log();
    if (log.startOffset() > log.endOffset()) {
      violations.add(partition.id() + " starts behind its end");
    }
    long previous = -1;
    int epoch = 0;
    for (RecordBatch batch : log.batches()) {
      for (LogRecord logRecord : batch.records()) {
        long offset = batch.baseOffset() + logRecord.offsetDelta();
        if (offset <= previous) {
          violations.add(partition.id() + " has offset " + offset + " after " + previous);
        }
        previous = offset;
      }
      if (batch.partitionLeaderEpoch() < epoch) {
        violations.add(partition.id() + " goes back in epochs at offset " + batch.baseOffset());
      }
      epoch = batch.partitionLeaderEpoch();
    }
    if (previous >= log.endOffset()) {
      violations.add(
          partition.id() + " ends at " + log.endOffset() + " and has offset " + previous);
    }
    if (epoch > partition.leaderEpoch()) {
      violations.add(partition.id() + " has records of epoch " + epoch + ", which is to come");
    }
  }

  private void checkGroup(ClassicGroup group) {
    String id = "group " + group.groupId();
    boolean empty = group.members().isEmpty();
    if (group.is(GroupState.EMPTY) && !empty) {
      violations.add(id + " is called empty and has members");
    }
    if (empty && (group.is(GroupState.STABLE) || group.is(GroupState.COMPLETING_REBALANCE))) {
      violations.add(id + " has no members in " + group.state());
    }
    if (group.is(GroupState.DEAD)) {
      violations.add(id + " is dead and still known");
    }
    if (!empty && !group.has(group.leaderId())) {
      violations.add(id + " is led by " + group.leaderId() + ", who is no member");
    }
    checkOwners(group);
    for (GroupMember member : group.members()) {
      if (member.isAwaitingJoin() && !group.is(GroupState.PREPARING_REBALANCE)) {
        violations.add(id + " owes " + member.memberId() + " a join in " + group.state());
      }
      if (member.isAwaitingSync() && !group.is(GroupState.COMPLETING_REBALANCE)) {
        violations.add(id + " owes " + member.memberId() + " a sync in " + group.state());
      }
    }
  }

  private void checkOwners(ClassicGroup group) {
    Map<TopicPartition, String> owners = new LinkedHashMap<>();
    for (GroupMember member : group.members()) {
      for (TopicPartition partition : GroupViews.assigned(group, member)) {
        String other = owners.put(partition, member.memberId());
        if (other != null) {
          violations.add(
              partition
                  + " belongs to both "
                  + other
                  + " and "
                  + member.memberId()
                  + " in generation "
                  + group.generation()
                  + " of group "
                  + group.groupId());
        }
      }
    }
  }

  private void checkTimer(GroupTimers.Key key) {
    ClassicGroup group = coordinator.groups().find(key.groupId()).orElse(null);
    boolean alive =
        group != null
            && switch (key.purpose()) {
              case SESSION ->
                  group.has(key.memberId()) || group.pendingJoins().contains(key.memberId());
              case JOIN -> group.is(GroupState.PREPARING_REBALANCE);
              case SYNC -> group.is(GroupState.COMPLETING_REBALANCE) || group.is(GroupState.STABLE);
            };
    if (!alive) {
      violations.add("a timer runs for nobody: " + key);
    }
  }

  private void checkOffsets() {
    for (String groupId : offsets.groups()) {
      if (coordinator.groups().find(groupId).isEmpty()) {
        violations.add("offsets of group " + groupId + ", which does not exist");
      }
      for (TopicPartition partition : offsets.of(groupId).keySet()) {
        if (topics.find(partition).isEmpty()) {
          violations.add("offset of " + groupId + " for " + partition + ", which does not exist");
        }
      }
    }
  }
}
