package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAssignorTest {
  private final Random random = new Random(5);

  private static Uuid topic(int number) {
    return new Uuid(3, number);
  }

  /** Members, topics and what they subscribe to, drawn anew; targets from the last assignment. */
  private ServerAssignor.Spec draw(
      boolean homogeneous, Map<String, Map<Uuid, Set<Integer>>> last, int topics) {
    Map<String, ServerAssignor.Member> members = new LinkedHashMap<>();
    int count = 1 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      String id = "m" + random.nextInt(12);
      Set<Uuid> subscribed = new LinkedHashSet<>();
      for (int t = 0; t < topics; t++) {
        if (homogeneous || random.nextBoolean()) {
          subscribed.add(topic(t));
        }
      }
      members.put(
          id,
          new ServerAssignor.Member(
              random.nextInt(4) == 0 ? Optional.of("i" + id) : Optional.empty(),
              subscribed,
              subscribed.size(),
              last.getOrDefault(id, Map.of())));
    }
    return new ServerAssignor.Spec(
        members, homogeneous, it -> 1 + (int) it.getLeastSignificantBits() * 3);
  }

  private static void check(ServerAssignor.Spec spec, Map<String, Map<Uuid, Set<Integer>>> made) {
    Set<PartitionRef> wanted = new TreeSet<>();
    spec.members()
        .values()
        .forEach(
            member ->
                member
                    .topics()
                    .forEach(
                        topic -> {
                          for (int i = 0; i < spec.partitionsOf().applyAsInt(topic); i++) {
                            wanted.add(new PartitionRef(topic, i));
                          }
                        }));
    List<PartitionRef> given = new ArrayList<>();
    made.forEach(
        (id, target) ->
            target.forEach(
                (topic, numbers) -> {
                  assertThat(spec.member(id).topics()).contains(topic);
                  numbers.forEach(each -> given.add(new PartitionRef(topic, each)));
                }));
    assertThat(given).doesNotHaveDuplicates().hasSameSizeAs(wanted).hasSameElementsAs(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uniform", "range"})
  void eachPartitionGetsOneOwnerThatSubscribesToIt(String name) {
    ServerAssignor assignor = ServerAssignor.named(name).orElseThrow();
    for (int run = 0; run < 200; run++) {
      boolean homogeneous = run % 2 == 0;
      Map<String, Map<Uuid, Set<Integer>>> last = Map.of();
      for (int round = 0; round < 5; round++) {
        ServerAssignor.Spec spec = draw(homogeneous, last, 1 + run % 5);
        // What members that are gone had has no owner.
        last = assignor.assign(spec);
        check(spec, last);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void uniformMeansThatNobodyHasMoreThanOnePartitionMore(boolean homogeneous) {
    for (int run = 0; run < 100; run++) {
      ServerAssignor.Spec spec = draw(true, Map.of(), 3);
      ServerAssignor.Spec same =
          new ServerAssignor.Spec(spec.members(), homogeneous, spec.partitionsOf());
      List<Integer> loads = new ArrayList<>();
      new UniformAssignor()
          .assign(same)
          .values()
          .forEach(target -> loads.add(target.values().stream().mapToInt(Set::size).sum()));
      loads.sort(null);
      assertThat(loads.get(loads.size() - 1) - loads.get(0)).isLessThanOrEqualTo(1);
    }
  }

  /** Kafka's table of the first assignment is so small that it gives the second topic first. */
  @Test
  void whatAMemberKeepsIsWhatWasWrittenDownFirst() {
    Uuid first = Uuid.fromString("Z_A9wb3rWNqgWmleTHXsWw");
    Uuid second = Uuid.fromString("Kz7G07lF5zqOo6tRJN3HFw");
    Set<Uuid> both = new LinkedHashSet<>(List.of(first, second));
    Map<String, ServerAssignor.Member> members = new LinkedHashMap<>();
    members.put("m1", new ServerAssignor.Member(Optional.empty(), both, 2, Map.of()));
    ServerAssignor.Spec alone = new ServerAssignor.Spec(members, true, topic -> 3);

    Map<Uuid, Set<Integer>> all = new UniformAssignor().assign(alone).getOrDefault("m1", Map.of());
    members.put("m1", new ServerAssignor.Member(Optional.empty(), both, 2, all));
    members.put("m2", new ServerAssignor.Member(Optional.empty(), both, 2, Map.of()));
    ServerAssignor.Spec shared = new ServerAssignor.Spec(members, true, topic -> 3);

    assertThat(all).isEqualTo(Map.of(first, Set.of(0, 1, 2), second, Set.of(0, 1, 2)));
    assertThat(new UniformAssignor().assign(shared))
        .isEqualTo(
            Map.of("m1", Map.of(second, Set.of(0, 1, 2)), "m2", Map.of(first, Set.of(0, 1, 2))));
  }

  /** It is said of a group while a member that differs comes: Kafka then asks the first member. */
  @Test
  void rangeGivesAllWhatTheFirstSubscribesToIfAllAreSaidToSubscribeToTheSame() {
    Map<String, ServerAssignor.Member> members = new LinkedHashMap<>();
    members.put("m1", new ServerAssignor.Member(Optional.empty(), Set.of(topic(0)), 1, Map.of()));
    members.put("m2", new ServerAssignor.Member(Optional.empty(), Set.of(), 0, Map.of()));

    assertThat(new RangeAssignor().assign(new ServerAssignor.Spec(members, true, topic -> 3)))
        .isEqualTo(Map.of("m1", Map.of(topic(0), Set.of(0, 1)), "m2", Map.of(topic(0), Set.of(2))));
    assertThat(new RangeAssignor().assign(new ServerAssignor.Spec(members, false, topic -> 3)))
        .isEqualTo(Map.of("m1", Map.of(topic(0), Set.of(0, 1, 2)), "m2", Map.of()));
  }
}
