package io.heddle.contract;

import io.heddle.embedded.EmbeddedKafka;
import java.util.Map;
import java.util.TreeMap;

/** A real Kafka makes topics that somebody asks for, if it is let. */
class RealCreatedTopicTest implements CreatedTopicContract {
  @Override
  public void run(Body body) throws Exception {
    Map<String, String> settings = new TreeMap<>(RealArm.SETTINGS);
    settings.put("auto.create.topics.enable", "true");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(1, settings)) {
      RealArm.Broker broker = RealArm.Broker.at(kafka.bootstrapServers());
      try (var admin = broker.admin()) {
        RealArm.run(body, broker);
      }
    }
  }
}
