package io.heddle.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class ContainerKafkaTest {
  private static boolean docker() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @Test
  void saysInOneLineThatThereIsNoDockerEngine() {
    assumeFalse(docker(), "a Docker engine answers");

    assertThatThrownBy(() -> ContainerKafka.start("apache/kafka:4.3.1", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("no Docker engine answers on this machine");
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> ContainerKafka.start("A B", Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("A B is no name of an image");
  }

  @Test
  void namesSettingsAsTheImagesTakeThem() {
    assertThat(ContainerKafka.variable("group.initial.rebalance.delay.ms"))
        .isEqualTo("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS");
    assertThat(ContainerKafka.variable("a_b-c.d")).isEqualTo("KAFKA_A___B__C_D");
  }

  @Test
  void takesRequestsOnceItHasStarted() throws Exception {
    assumeTrue(docker(), "no Docker engine answers");

    try (ContainerKafka kafka = ContainerKafka.start("apache/kafka:4.3.1", Map.of())) {
      String address = kafka.bootstrapServers();
      int colon = address.lastIndexOf(':');
      int port = Integer.parseInt(address.substring(colon + 1));
      try (Socket socket = new Socket(address.substring(0, colon), port);
          InputStream in = socket.getInputStream()) {
        assertThat(in.available()).isZero();
      }
    }
  }
}
