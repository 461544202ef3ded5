package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;

class CrashFactsTest {
  private final List<Fact> facts = new ArrayList<>();

  @Test
  void aMemberThatDiesGivesNothingBackAsItsThreadsUnwind() throws Exception {
    SimulatedKafka kafka = SimulatedKafka.builder(1).facts(facts::add).build();
    kafka.run(
        () -> {
          kafka.createTopic("in", 1);
          SimulatedProcess process = kafka.process("m1");
          var unused =
              process.start(
                  "loop",
                  () -> {
                    try (Consumer<String, String> consumer =
                        process.consumer(TransactionalCopy.consumerConfig("g", "read_committed"))) {
                      consumer.subscribe(List.of("in"));
                      while (true) {
                        var records = consumer.poll(Duration.ofSeconds(1));
                        assertThat(records).isEmpty();
                      }
                    }
                  });
          kafka.simulation().sleep(Duration.ofSeconds(5).toNanos());
          kafka.crash("m1");
          kafka.simulation().sleep(Duration.ofSeconds(1).toNanos());
        });

    assertThat(facts).hasAtLeastOneElementOfType(Fact.Assigned.class);
    assertThat(facts).last().isInstanceOf(Fact.Crashed.class);
  }
}
