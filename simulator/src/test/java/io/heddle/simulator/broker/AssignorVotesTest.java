package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignorVotesTest {
  private static ConsumerMember voting(Optional<String> assignor) {
    return new ConsumerMember(
        "m",
        TestCluster.caller("m"),
        1,
        0,
        Optional.empty(),
        Optional.empty(),
        -1,
        Set.of(),
        "",
        assignor,
        ConsumerMember.State.STABLE,
        ConsumerMember.NOTHING,
        ConsumerMember.NOTHING);
  }

  /** As Kafka does it: its table gives uniform before range, whatever came first. */
  private static String kafkas(
      List<ConsumerMember> members, ConsumerMember before, ConsumerMember now) {
    Map<String, Integer> table = new LinkedHashMap<>();
    for (String name : List.of("uniform", "range")) {
      int count =
          (int) members.stream().filter(it -> it.assignor().equals(Optional.of(name))).count();
      if (count > 0) {
        table.put(name, count);
      }
    }
    Map<String, Integer> counts = new HashMap<>(table);
    before.assignor().ifPresent(it -> counts.compute(it, (name, n) -> n == 1 ? null : n - 1));
    now.assignor().ifPresent(it -> counts.compute(it, (name, n) -> n == null ? 1 : n + 1));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("uniform");
  }

  @Test
  void ofEqualsTheOneThatHashTablesGiveFirstWins() {
    Random random = new Random(1);
    List<Optional<String>> wishes =
        List.of(Optional.empty(), Optional.of("uniform"), Optional.of("range"));
    for (int i = 0; i < 2_000; i++) {
      List<ConsumerMember> members = new ArrayList<>();
      for (int m = 1 + random.nextInt(4); m > 0; m--) {
        members.add(voting(wishes.get(random.nextInt(3))));
      }
      ConsumerMember before = random.nextBoolean() ? members.get(0) : voting(Optional.empty());
      ConsumerMember now = voting(wishes.get(random.nextInt(3)));

      assertThat(AssignorVotes.of(members).preferredOnce(before, now))
          .as("%s, then %s for %s", members, now, before)
          .isEqualTo(kafkas(members, before, now));
    }
  }

  @Test
  void withoutAChangeUniformComesFirst() {
    ConsumerMember uniform = voting(Optional.of("uniform"));
    ConsumerMember range = voting(Optional.of("range"));

    assertThat(AssignorVotes.of(List.of(range, uniform)).preferred()).isEqualTo("uniform");
    assertThat(AssignorVotes.of(List.of(uniform, range, range)).preferred()).isEqualTo("range");
    assertThat(AssignorVotes.of(List.of()).preferred()).isEqualTo("uniform");
  }
}
