package io.heddle.simulator.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * Lets an assignor make a group's next target.
 *
 * @param assignor its name
 * @param subscribed the members that it is for, in the order in which Kafka puts them into a table
 */
record TargetAssignment(
    ConsumerGroup group, String assignor, Subscribed subscribed, Topics topics) {
  /** The target for that epoch of the group, made now. */
  ConsumerGroup.Target make(int epoch, long nowMs, boolean homogeneous) {
    Map<String, ConsumerMember> byId = new LinkedHashMap<>();
    subscribed.members().forEach(member -> byId.put(member.memberId(), member));
    Map<Uuid, Integer> partitions = new LinkedHashMap<>();
    topics.all().forEach(topic -> partitions.put(topic.id(), topic.partitions().size()));
    Map<String, ServerAssignor.Member> members = new LinkedHashMap<>();
    for (String memberId : HashOrder.grown(byId.keySet())) {
      ConsumerMember member = Objects.requireNonNull(byId.get(memberId));
      members.put(
          memberId,
          new ServerAssignor.Member(
              member.instanceId(),
              subscribed.topicIdsOf(member, topics),
              subscribed.namesOf(member).size(),
              group.target().of(memberId)));
    }
    Map<String, Map<Uuid, Set<Integer>>> assignments =
        ServerAssignor.named(assignor)
            .orElseThrow(() -> new IllegalStateException("no assignor " + assignor))
            .assign(
                new ServerAssignor.Spec(
                    members, homogeneous, topic -> partitions.getOrDefault(topic, 0)));
    Map<String, Map<Uuid, Set<Integer>>> next = new LinkedHashMap<>();
    assignments.forEach(
        (memberId, assigned) -> {
          // Kafka only writes down what has changed; in what order does not count.
          Map<Uuid, Set<Integer>> last = group.target().of(memberId);
          next.put(memberId, last.equals(assigned) ? last : assigned);
        });
    return new ConsumerGroup.Target(epoch, OptionalLong.of(nowMs), next);
  }
}
