package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Scenario;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is said of clients that cannot be made; nobody is asked for anything. */
class RealTargetTest {
  private static final Scenario SCENARIO = ScenarioLibrary.load("slow-key");

  @Test
  void saysWhichFileOfTheSettingsIsMissing() {
    RealTarget target =
        new RealTarget(
            "real",
            "localhost:9092",
            Map.of("security.protocol", "SSL", "ssl.truststore.location", "/none/at.all"),
            "-1");

    assertThatThrownBy(() -> target.createTopics(SCENARIO))
        .isInstanceOf(RealTarget.Unavailable.class)
        .hasMessage("no client can be made for localhost:9092: there is no file /none/at.all");
  }

  @Test
  void aWaitThatTheClientDoesNotEndIsNoRefusal() {
    RealTarget target = new RealTarget("real", "localhost:9092", Map.of(), "-1");

    assertThatThrownBy(() -> target.check(Optional.of(new TimeoutException())))
        .isInstanceOf(RealTarget.Unavailable.class)
        .hasMessage("Kafka at localhost:9092 does not answer: there is no answer after 15 s");
  }

  @Test
  void saysWhichSettingIsWrong() {
    RealTarget target =
        new RealTarget("real", "localhost:9092", Map.of("security.protocol", "NONE"), "-1");

    assertThatThrownBy(() -> target.createTopics(SCENARIO))
        .isInstanceOf(RealTarget.Unavailable.class)
        .hasMessageContaining("Invalid value NONE for configuration security.protocol");
  }
}
