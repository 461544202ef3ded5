package io.heddle.simulator.broker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.Uuid;

/** Makes the target assignment of a consumer group, at the coordinator. */
interface ServerAssignor {
  /**
   * What it is made of.
   *
   * @param members in the order in which Kafka walks them
   * @param homogeneous whether all subscribe to the same
   * @param partitionsOf how many partitions a topic has
   */
  record Spec(Map<String, Member> members, boolean homogeneous, ToIntFunction<Uuid> partitionsOf) {
    List<String> memberIds() {
      return List.copyOf(members.keySet());
    }

    Member member(String memberId) {
      Member found = members.get(memberId);
      if (found == null) {
        throw new IllegalStateException("no member " + memberId + " in " + members.keySet());
      }
      return found;
    }
  }

  /**
   * A member.
   *
   * @param topics what it subscribes to and is there, in the order in which Kafka walks it
   * @param names how many topics it subscribes to, there or not
   * @param target what the last assignment gave it
   */
  record Member(
      Optional<String> instanceId, Set<Uuid> topics, int names, Map<Uuid, Set<Integer>> target) {}

  /** What each member is to own; a member that is missing owns nothing. */
  Map<String, Map<Uuid, Set<Integer>>> assign(Spec spec);

  /** The assignor of that name, if there is one. */
  static Optional<ServerAssignor> named(String name) {
    return switch (name) {
      case UniformAssignor.NAME -> Optional.of(new UniformAssignor());
      case RangeAssignor.NAME -> Optional.of(new RangeAssignor());
      default -> Optional.empty();
    };
  }

  /** The names of all assignors, the default one first. */
  static List<String> names() {
    return List.of(UniformAssignor.NAME, RangeAssignor.NAME);
  }
}
