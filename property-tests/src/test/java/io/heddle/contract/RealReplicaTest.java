package io.heddle.contract;

import io.heddle.embedded.EmbeddedKafka;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Three real brokers keep the contracts about replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealReplicaTest implements ReplicaContract {
  private EmbeddedKafka kafka;
  private RealArm.Broker broker;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    kafka = EmbeddedKafka.start(3, RealArm.SETTINGS);
    broker = RealArm.Broker.at(kafka.bootstrapServers());
  }

  @AfterAll
  void close() throws IOException {
    broker.admin().close();
    kafka.close();
  }

  @Override
  public void run(Body body) throws Exception {
    RealArm.run(
        arm -> {
          Lives lives = new Lives();
          try {
            body.on(arm, lives);
          } finally {
            lives.startAll();
          }
        },
        broker);
  }

  private final class Lives implements BrokerLives {
    private final Set<Integer> stopped = new TreeSet<>();

    @Override
    public void stop(int id) {
      kafka.stopBroker(id);
      stopped.add(id);
    }

    @Override
    public void start(int id) {
      kafka.startBroker(id);
      stopped.remove(id);
    }

    private void startAll() {
      Set.copyOf(stopped).forEach(this::start);
    }
  }
}
