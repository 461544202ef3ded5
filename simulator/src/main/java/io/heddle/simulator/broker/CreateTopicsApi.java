package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.CreateTopicsRequest.NewTopic;
import io.heddle.simulator.protocol.CreateTopicsResponse;
import io.heddle.simulator.protocol.CreateTopicsResponse.TopicResult;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigException;

/**
 * Creates topics; any broker passes the request on to the controller.
 *
 * <p>Models: the rules for names (and the collision of '.' and '_'), existing topics, the number of
 * partitions with the cluster's default, a replication factor that the brokers can meet, validation
 * without creation, a topic id, duplicates in one request; topic configs, those that are not
 * modelled refused with INVALID_CONFIG and the config's name.
 *
 * <p>Does not model: manual assignments, policies, the time that a new topic takes to become known.
 */
final class CreateTopicsApi implements RequestHandler<CreateTopicsRequest> {
  private final Topics topics;
  private final TopicAdministration administration;
  private final Surroundings surroundings;
  private final ClusterSettings settings;

  CreateTopicsApi(
      Topics topics,
      TopicAdministration administration,
      Surroundings surroundings,
      ClusterSettings settings) {
    this.topics = topics;
    this.administration = administration;
    this.surroundings = surroundings;
    this.settings = settings;
  }

  @Override
  public void handle(Call call, CreateTopicsRequest request) {
    List<String> names = request.topics().stream().map(NewTopic::name).toList();
    List<TopicResult> results = new ArrayList<>();
    for (NewTopic topic : request.topics()) {
      if (names.indexOf(topic.name()) != names.lastIndexOf(topic.name())) {
        results.add(refused(topic, ErrorCode.INVALID_REQUEST, "Duplicate topic name."));
      } else {
        results.add(create(topic, request.validateOnly()));
      }
    }
    call.reply(new CreateTopicsResponse(results));
  }

  private TopicResult create(NewTopic topic, boolean validateOnly) {
    if (topics.find(topic.name()).isPresent()) {
      return refused(
          topic, ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + topic.name() + "' already exists.");
    }
    String fault = TopicNames.faultOf(topic.name()).orElse("");
    if (!fault.isEmpty()) {
      return refused(topic, ErrorCode.INVALID_TOPIC_EXCEPTION, fault);
    }
    String other = topics.collisionWith(topic.name()).orElse("");
    if (!other.isEmpty()) {
      return refused(
          topic,
          ErrorCode.INVALID_TOPIC_EXCEPTION,
          "Topic '" + topic.name() + "' collides with existing topic: " + other);
    }
    return createNamed(topic, validateOnly);
  }

  private TopicResult createNamed(NewTopic topic, boolean validateOnly) {
    TopicConfig config;
    try {
      config = TopicConfig.of(topic.configs());
    } catch (ConfigException invalid) {
      return refused(topic, ErrorCode.INVALID_CONFIG, String.valueOf(invalid.getMessage()));
    }
    if (topic.replicationFactor() < -1 || topic.replicationFactor() == 0) {
      return refused(
          topic,
          ErrorCode.INVALID_REPLICATION_FACTOR,
          "Replication factor must be larger than 0, or -1 to use the default value.");
    }
    if (topic.partitions() < -1 || topic.partitions() == 0) {
      return refused(
          topic,
          ErrorCode.INVALID_PARTITIONS,
          "Number of partitions was set to an invalid non-positive value.");
    }
    if (topic.replicationFactor() > settings.brokers()) {
      return refused(
          topic,
          ErrorCode.INVALID_REPLICATION_FACTOR,
          "Unable to replicate the partition "
              + topic.replicationFactor()
              + " time(s): The target replication factor of "
              + topic.replicationFactor()
              + " cannot be reached because only "
              + settings.brokers()
              + " broker(s) are registered.");
    }
    int replicas =
        topic.replicationFactor() == -1
            ? settings.lives().defaultReplicationFactor()
            : topic.replicationFactor();
    int partitions = topic.partitions() == -1 ? settings.defaultPartitions() : topic.partitions();
    Uuid id =
        validateOnly
            ? surroundings.newTopicId()
            : administration.create(topic.name(), partitions, replicas, config).id();
    return new TopicResult(topic.name(), id, ErrorCode.NONE, "", partitions);
  }

  private static TopicResult refused(NewTopic topic, ErrorCode error, String message) {
    return new TopicResult(topic.name(), Uuid.ZERO_UUID, error, message, -1);
  }
}
