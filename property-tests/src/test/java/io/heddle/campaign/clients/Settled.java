package io.heddle.campaign.clients;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Whether nothing more will happen in a group by itself. */
final class Settled {
  /** By the consumer protocol: of a static member that has gone and keeps its place (KIP-848). */
  private static final int AWAY = -2;

  private Settled() {}

  /**
   * Asks the coordinator and the group's members.
   *
   * @param members those that take part
   */
  static boolean is(Stage stage, String group, List<ConsumerActor> members)
      throws InterruptedException {
    ConsumerGroupDescription description;
    try {
      description =
          stage
              .side()
              .onlooker()
              .describeConsumerGroups(List.of(group))
              .describedGroups()
              .get(group)
              .get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GroupIdNotFoundException) {
        return members.isEmpty() && stage.lingering(group).isEmpty();
      }
      return false;
    }
    if (description.members().size() != members.size() + stage.lingering(group).size()) {
      return false;
    }
    if (description.members().isEmpty()) {
      return description.groupState() == GroupState.EMPTY
          || description.groupState() == GroupState.DEAD;
    }
    return isStable(description, stage.lingering(group)) && agree(stage, description, members);
  }

  /**
   * Whether the coordinator waits for nobody. A consumer group is never stable while a static
   * member is away, so there each member is looked at.
   */
  private static boolean isStable(ConsumerGroupDescription description, Set<String> lingering) {
    if (description.type() != GroupType.CONSUMER || lingering.isEmpty()) {
      return description.groupState() == GroupState.STABLE;
    }
    int epoch = description.groupEpoch().orElseThrow();
    return description.targetAssignmentEpoch().orElseThrow() == epoch
        && description.members().stream()
            .allMatch(
                each ->
                    each.groupInstanceId().filter(lingering::contains).isPresent()
                        ? each.memberEpoch().orElseThrow() == AWAY
                        : each.memberEpoch().orElseThrow() == epoch
                            && each.assignment().equals(each.targetAssignment().orElseThrow()));
  }

  /** Whether members of one generation have what the coordinator thinks, and together all. */
  private static boolean agree(
      Stage stage, ConsumerGroupDescription description, List<ConsumerActor> members) {
    Set<TopicPartition> owned = new TreeSet<>(ConsumerActor.ORDER);
    TreeMap<String, Set<TopicPartition>> byMember = new TreeMap<>();
    Set<Integer> generations = new TreeSet<>();
    for (MemberDescription each : description.members()) {
      owned.addAll(each.assignment().topicPartitions());
      byMember.put(each.consumerId(), each.assignment().topicPartitions());
    }
    Set<TopicPartition> wanted = new TreeSet<>(ConsumerActor.ORDER);
    for (ConsumerActor each : members) {
      String id = each.consumer.groupMetadata().memberId();
      generations.add(each.consumer.groupMetadata().generationId());
      if (!each.consumer.assignment().equals(byMember.get(id))) {
        return false;
      }
      if (!each.consumer.assignment().stream()
          .allMatch(owns -> each.consumer.subscription().contains(owns.topic()))) {
        return false;
      }
      for (String topic : each.consumer.subscription()) {
        wanted.addAll(Draw.partitions(topic, stage.topics().getOrDefault(topic, 0)));
      }
    }
    return owned.containsAll(wanted)
        && owned.stream().allMatch(stage::exists)
        && generations.size() <= 1;
  }
}
