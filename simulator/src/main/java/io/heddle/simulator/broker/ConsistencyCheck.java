package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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
    for (Group group : coordinator.groups().all()) {
      if (group instanceof ClassicGroup classic) {
        checkGroup(classic);
      } else if (group instanceof ConsumerGroup assigned) {
        checkGroup(assigned);
      }
    }
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

  private void checkGroup(ConsumerGroup group) {
    Map<PartitionRef, String> holders = new LinkedHashMap<>();
    Map<PartitionRef, String> targeted = new LinkedHashMap<>();
    for (ConsumerMember member : group.members()) {
      String id = member.memberId();
      for (PartitionRef partition : member.held()) {
        checkOne(group, partition, id, holders.put(partition, id), "is held by");
      }
      if (member.epoch() > group.target().epoch()) {
        violations.add("member " + id + " of " + group.groupId() + " is ahead of its group");
      }
    }
    group
        .target()
        .assignments()
        .forEach(
            (id, topics) ->
                topics.forEach(
                    (topic, numbers) ->
                        numbers.forEach(
                            number -> {
                              PartitionRef partition = new PartitionRef(topic, number);
                              String other = targeted.put(partition, id);
                              checkOne(group, partition, id, other, "is meant for");
                            })));
    if (group.target().epoch() > group.epoch()) {
      violations.add("the assignment of group " + group.groupId() + " is ahead of it");
    }
  }

  private void checkOne(
      ConsumerGroup group, PartitionRef partition, String id, @Nullable String other, String is) {
    if (other != null) {
      violations.add(
          partition + " " + is + " both " + other + " and " + id + " in group " + group.groupId());
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
    ClassicGroup group = coordinator.groups().findClassic(key.groupId()).orElse(null);
    boolean alive =
        group == null
            ? isMember(key)
            : switch (key.purpose()) {
              case SESSION ->
                  group.has(key.memberId()) || group.pendingJoins().contains(key.memberId());
              case JOIN -> group.is(GroupState.PREPARING_REBALANCE);
              case SYNC -> group.is(GroupState.COMPLETING_REBALANCE) || group.is(GroupState.STABLE);
              case REBALANCE -> false;
            };
    if (!alive) {
      violations.add("a timer runs for nobody: " + key);
    }
  }

  private boolean isMember(GroupTimers.Key key) {
    return coordinator
        .groups()
        .findConsumer(key.groupId())
        .flatMap(group -> group.find(key.memberId()))
        .filter(
            member ->
                switch (key.purpose()) {
                  case SESSION -> true;
                  case REBALANCE -> member.state() == ConsumerMember.State.UNREVOKED_PARTITIONS;
                  case JOIN, SYNC -> false;
                })
        .isPresent();
  }

  private void checkOffsets() {
    for (String groupId : offsets.groups()) {
      if (coordinator.groups().find(groupId).isEmpty() && !coordinator.groups().hasGone(groupId)) {
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
