package io.heddle.simulator.fault;

import static io.heddle.simulator.fault.Faults.delay;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.protocol.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SwarmProfileTest {
  @Test
  void aProfileIsDrawnFromTheSeedKindByKind() {
    List<String> profiles = new ArrayList<>();
    for (long seed = 1; seed <= 40; seed++) {
      profiles.add(profile(seed, "delay", "error", "crash-client"));
      assertThat(profile(seed, "delay", "error", "crash-client"))
          .isEqualTo(profiles.get(profiles.size() - 1));
      // Another kind changes nothing for the others.
      assertThat(profile(seed, "crash-client", "error", "delay", "truncate"))
          .contains(profiles.get(profiles.size() - 1).replaceAll("[{}]", "").split(", ", -1));
    }
    assertThat(profiles.stream().distinct().count()).isGreaterThan(20);
    assertThat(profiles).anyMatch(each -> each.contains("delay=0.0"));
    assertThat(profiles).anyMatch(each -> each.contains("delay=2.0"));
  }

  private static String profile(long seed, String... kinds) {
    SwarmProfile profile = SwarmProfile.draw(SimulatedKafka.builder(seed).build()::choices);
    for (String kind : kinds) {
      assertThat(profile.has(kind)).isEqualTo(profile.weight(kind) > 0);
    }
    return profile.toString();
  }

  @Test
  void aKindThatASeedDoesWithoutNeverHappensAndNeedNot() throws Exception {
    int without = 0;
    for (long seed = 1; seed <= 10; seed++) {
      SimulatedKafka other = SimulatedKafka.builder(seed).build();
      FaultPlan plan = FaultPlan.of(other);
      SwarmProfile profile = plan.swarm();
      Fault fault = plan.on(ApiKey.METADATA).then(delay(Duration.ofMillis(5)));
      other.run(
          () -> {
            other.createTopic("orders", 1);
            try (Producer<String, String> producer =
                other.producer(
                    Map.of(
                        "key.serializer", StringSerializer.class,
                        "value.serializer", StringSerializer.class))) {
              producer.send(new ProducerRecord<>("orders", "k", "v")).get();
            }
          });
      assertThat(fault.isLeftOut()).isEqualTo(!profile.has("delay"));
      assertThat(plan.unfired()).allMatch(each -> profile.has("delay"));
      if (!profile.has("delay")) {
        without++;
        assertThat(fault.fired()).isZero();
      }
    }
    assertThat(without).isBetween(1, 9);
  }
}
