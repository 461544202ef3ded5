package io.heddle.simulator.client;

import java.util.Map;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.common.KafkaFuture;

/** What became of topics that were to be created. */
final class CreatedTopics extends CreateTopicsResult {
  CreatedTopics(Map<String, KafkaFuture<TopicMetadataAndConfig>> futures) {
    super(futures);
  }
}
