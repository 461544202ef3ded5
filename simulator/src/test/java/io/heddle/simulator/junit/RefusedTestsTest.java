package io.heddle.simulator.junit;

import static io.heddle.simulator.junit.JupiterRun.onlyFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The classes that are run stand above what is expected of them. */
class RefusedTestsTest {
  @SimulatedKafkaTest
  static class Twice {
    @SimulatedKafkaTest
    void both() {}
  }

  @SimulatedKafkaTest
  static class SeedInside {
    @Test
    @Seed(7)
    void misplaced() {}
  }

  @SimulatedKafkaTest
  static class Factory {
    @TestFactory
    Stream<DynamicTest> tests() {
      return Stream.empty();
    }
  }

  @SimulatedKafkaTest
  static class Constructed {
    Constructed(SimulatedKafka kafka) {
      kafka.createTopic("orders", 1);
    }

    @Test
    void never() {}
  }

  static class NoStrings {
    @SimulatedKafkaTest
    void orders(Consumer<Long, String> consumer) {
      consumer.close();
    }
  }

  static class NoProperty {
    @SimulatedKafkaTest
    void orders(@ClientProperties("group.id") Consumer<String, String> consumer) {
      consumer.close();
    }
  }

  static class NoClient {
    @SimulatedKafkaTest
    void orders(@ClientProperties("group.id=g") Clock clock) {
      assertThat(clock).isNotNull();
    }
  }

  static class NoSeeds {
    @SimulatedKafkaTest(seeds = 0)
    void never() {}
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    assertThat(onlyFailure(Twice.class)).hasMessageContaining("both on class");
    assertThat(onlyFailure(SeedInside.class)).hasMessageContaining("@Seed belongs on the class");
    assertThat(onlyFailure(Factory.class)).hasMessageContaining("@TestFactory is not modelled");
    assertThat(onlyFailure(Constructed.class))
        .hasMessageContaining("constructors, @BeforeAll and @AfterAll are outside");
    assertThat(onlyFailure(NoStrings.class))
        .hasMessageContaining("needs key.deserializer in @ClientProperties");
    assertThat(onlyFailure(NoProperty.class))
        .hasMessageContaining("must be name=value, was 'group.id'");
    assertThat(onlyFailure(NoClient.class))
        .hasMessageContaining("@ClientProperties is for Consumer, Producer and Admin");
    assertThat(onlyFailure(NoSeeds.class)).hasMessageContaining("seeds must be at least 1");
  }
}
