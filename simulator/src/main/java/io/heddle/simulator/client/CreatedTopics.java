package io.heddle.simulator.client;

import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.common.KafkaFuture;

/** What became of topics that were to be created; of their configs nothing is modelled. */
final class CreatedTopics extends CreateTopicsResult {
  CreatedTopics(Map<String, KafkaFuture<TopicMetadataAndConfig>> futures) {
    super(futures);
  }

  @Override
  public KafkaFuture<Config> config(String topic) {
    throw Refusal.notModelled("CreateTopicsResult.config");
  }
}
