package io.heddle.campaign.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.campaign.Main;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A slice of the campaign, in JVMs of their own: the ids of members are decided there. */
class GroupDifferentialTest {
  private static final String SLICE = "30000";
  private static final int SITUATIONS = 125;

  private record Ran(int exit, String out, String err) {}

  private static Ran run(Class<?> command, String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(ProcessHandle.current().info().command().orElseThrow());
    words.addAll(List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add(command.getName());
    words.addAll(List.of(arguments));
    Process jvm = new ProcessBuilder(words).start();
    StringBuilder err = new StringBuilder();
    Thread reader =
        new Thread(
            () -> {
              try {
                err.append(new String(jvm.getErrorStream().readAllBytes(), UTF_8));
              } catch (java.io.IOException unreadable) {
                err.append(unreadable);
              }
            });
    reader.start();
    String out = new String(jvm.getInputStream().readAllBytes(), UTF_8);
    reader.join();
    assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ran(jvm.exitValue(), out, err.toString());
  }

  @Test
  void theSimulatorAnswersAsKafkaDoesInManySituations() throws Exception {
    Ran ran = run(Main.class, "group", "--operations", SLICE, "--seed", "1", "--coverage", "yes");

    assertThat(ran.exit()).as(ran.err()).isZero();
    List<String> situations = ran.out().lines().filter(it -> it.contains(" in ")).toList();
    assertThat(situations)
        .as("situations: API, state, error")
        .hasSizeGreaterThan(SITUATIONS)
        .anyMatch(it -> it.endsWith("JoinGroup in Stable: FENCED_INSTANCE_ID"))
        .anyMatch(it -> it.endsWith("JoinGroup in PreparingRebalance: GROUP_MAX_SIZE_REACHED"))
        .anyMatch(it -> it.endsWith("SyncGroup in CompletingRebalance: REBALANCE_IN_PROGRESS"))
        .anyMatch(it -> it.endsWith("OffsetCommit in Stable: ILLEGAL_GENERATION"))
        .anyMatch(it -> it.endsWith("OffsetFetch in Stable: UNSTABLE_OFFSET_COMMIT"))
        .anyMatch(it -> it.endsWith("TxnOffsetCommit in PreparingRebalance: NONE"))
        .anyMatch(it -> it.endsWith("ConsumerGroupHeartbeat in Reconciling: NONE"))
        .anyMatch(it -> it.endsWith("ConsumerGroupHeartbeat in Stable: FENCED_MEMBER_EPOCH"))
        .anyMatch(it -> it.endsWith("ConsumerGroupHeartbeat in Assigning: UNRELEASED_INSTANCE_ID"))
        .anyMatch(it -> it.contains("ConsumerGroupHeartbeat in ") && it.contains("REGULAR_EXPR"))
        .anyMatch(it -> it.endsWith("ConsumerGroupDescribe in Stable: NONE"))
        .anyMatch(it -> it.endsWith("OffsetCommit in Reconciling: STALE_MEMBER_EPOCH"))
        .anyMatch(it -> it.endsWith("OffsetFetch in Stable: STALE_MEMBER_EPOCH"))
        .anyMatch(it -> it.endsWith("OffsetDelete in Stable: GROUP_SUBSCRIBED_TO_TOPIC"));
  }

  @Test
  void theSimulatorAnswersAsKafkaDoesWithAFreshSeed() throws Exception {
    String seed = String.valueOf(new SecureRandom().nextInt(Integer.MAX_VALUE));
    System.out.println("property-tests/campaign group --operations " + SLICE + " --seed " + seed);

    Ran ran = run(Main.class, "group", "--operations", SLICE, "--seed", seed, "--format", "json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("{\"campaign\": \"group\", \"seed\": " + seed + ", \"count\": " + SLICE)
        .contains("\"unexplained\": 0");
  }

  @Test
  void everyPlantedMistakeIsFound() throws Exception {
    Ran ran = run(PlantedMistake.class, SLICE);

    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out().lines()).hasSize(PlantedMistake.values().length);
  }

  @Test
  void idsStayInTheOrderOfTheirComingInAHashTable() {
    Random random = new Random(3);
    List<String> ids = new ArrayList<>();
    Map<String, String> table = new HashMap<>();
    for (int i = 0; i < MemberIds.MAX_MEMBERS; i++) {
      String prefix = "c" + i;
      String id = prefix + "-" + MemberIds.suffix(prefix, random);
      ids.add(id);
      table.put(id, id);
    }

    assertThat(new ArrayList<>(table.keySet())).isEqualTo(ids);
  }
}
