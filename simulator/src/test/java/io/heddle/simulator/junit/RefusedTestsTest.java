package io.heddle.simulator.junit;

import static io.heddle.simulator.junit.JupiterRun.onlyFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.SimulatedKafka;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
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

  static class NoBrokers {
    @SimulatedKafkaTest(brokers = 0)
    void never() {}
  }

  static class NetworkClient {
    @SimulatedKafkaTest
    void orders(KafkaConsumer<String, String> consumer) {
      consumer.close();
    }
  }

  static class Unknown {
    @SimulatedKafkaTest
    void orders(Runnable whatever) {
      whatever.run();
    }
  }

  static class Repeated {
    @RepeatedTest(3)
    @SimulatedKafkaTest
    void repeats() {}
  }

  static class Also {
    @Test
    @SimulatedKafkaTest
    void isATestToo() {}
  }

  static class SeedAlone {
    @Test
    @Seed(7)
    void has() {}
  }

  @Test
  void whatIsATestInTwoWaysIsRefusedInBoth() {
    assertThat(JupiterRun.failures(JupiterRun.run(Also.class)))
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it)
                    .hasMessage(
                        "isATestToo has @SimulatedKafkaTest and @Test: the former takes the place"
                            + " of the latter, so leave one out"));
    assertThat(JupiterRun.failures(JupiterRun.run(Repeated.class)))
        .hasSize(4)
        .allSatisfy(
            it ->
                assertThat(it)
                    .hasMessageStartingWith("repeats has @SimulatedKafkaTest and @RepeatedTest: "));
    assertThat(onlyFailure(SeedAlone.class))
        .hasMessage("@Seed does nothing without @SimulatedKafkaTest, which has has not");
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
    assertThat(onlyFailure(NetworkClient.class))
        .hasMessageContaining(
            "KafkaConsumer is a client of the network: let the parameter, and the application,"
                + " have a Consumer");
    assertThat(onlyFailure(Unknown.class))
        .hasMessageContaining("No ParameterResolver registered for parameter [java.lang.Runnable");
    assertThat(onlyFailure(NoBrokers.class)).hasMessageContaining("brokers must be at least 1");
    assertThat(onlyFailure(NoSeeds.class)).hasMessageContaining("seeds must be at least 1");
  }
}
