package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.CreateTopicsRequest;
import io.heddle.simulator.protocol.CreateTopicsRequest.NewTopic;
import io.heddle.simulator.protocol.CreateTopicsResponse;
import io.heddle.simulator.protocol.CreateTopicsResponse.TopicResult;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigException;

/**
 * Creates topics; any broker passes the request on to the controller.
 *
 * <p>Models: the rules for names (and the collision of '.' and '_'), existing topics, the number of
 * partitions with the cluster's default, a replication factor that the brokers can meet, validation
 * without creation, a topic id, duplicates in one request; replicas that somebody names, and what
 * is asked of them; topic configs, those that are not modelled refused with INVALID_CONFIG and the
 * config's name, and all that hold for the topic in the answer.
 *
 * <p>Does not model: policies, the time that a new topic takes to become known.
 */
final class CreateTopicsApi implements RequestHandler<CreateTopicsRequest> {
  private final Topics topics;
  private final TopicAdministration administration;
  private final Surroundings surroundings;
  private final ClusterSettings settings;
  private final Brokers brokers;
  private final AssignmentRules rules;

  CreateTopicsApi(
      Topics topics,
      TopicAdministration administration,
      Brokers brokers,
      Surroundings surroundings,
      ClusterSettings settings) {
    this.topics = topics;
    this.brokers = brokers;
    this.rules = new AssignmentRules(brokers);
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
    return topic.assignments().isEmpty()
        ? createPlaced(topic, config, validateOnly)
        : createAssigned(topic, config, validateOnly);
  }

  private TopicResult createAssigned(NewTopic topic, TopicConfig config, boolean validateOnly) {
    if (topic.replicationFactor() != -1 || topic.partitions() != -1) {
      return refused(
          topic,
          ErrorCode.INVALID_REQUEST,
          "A manual partition assignment was specified, but "
              + (topic.replicationFactor() != -1 ? "replication factor" : "numPartitions")
              + " was not set to -1.");
    }
    OptionalInt factor = OptionalInt.empty();
    List<List<Integer>> assignments = new ArrayList<>();
    for (Map.Entry<Integer, List<Integer>> each : topic.assignments().entrySet()) {
      String fault = rules.faultOfNew(each.getKey(), each.getValue(), factor).orElse("");
      if (!fault.isEmpty()) {
        return refused(topic, ErrorCode.INVALID_REPLICA_ASSIGNMENT, fault);
      }
      factor = OptionalInt.of(each.getValue().size());
      assignments.add(each.getValue());
    }
    if (topic.assignments().firstKey() != 0
        || topic.assignments().lastKey() != assignments.size() - 1) {
      return refused(
          topic,
          ErrorCode.INVALID_REPLICA_ASSIGNMENT,
          "partitions should be a consecutive 0-based integer sequence");
    }
    Uuid id =
        validateOnly
            ? surroundings.newTopicId()
            : administration.create(topic.name(), assignments, config).id();
    return created(topic, id, assignments.size(), factor.orElseThrow(), config);
  }

  private TopicResult created(
      NewTopic topic, Uuid id, int partitions, int replicas, TopicConfig config) {
    return new TopicResult(
        topic.name(),
        id,
        ErrorCode.NONE,
        "",
        partitions,
        replicas,
        DescribeConfigsApi.entries(config, topics.defaults().with(config.overrides())));
  }

  private TopicResult createPlaced(NewTopic topic, TopicConfig config, boolean validateOnly) {
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
    int registered = brokers.registered().size();
    if (topic.replicationFactor() > registered) {
      return refused(
          topic,
          ErrorCode.INVALID_REPLICATION_FACTOR,
          "Unable to replicate the partition "
              + topic.replicationFactor()
              + " time(s): The target replication factor of "
              + topic.replicationFactor()
              + " cannot be reached because only "
              + registered
              + " broker(s) are registered or some brokers have all their log directories"
              + " cordoned.");
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
    return created(topic, id, partitions, replicas, config);
  }

  private static TopicResult refused(NewTopic topic, ErrorCode error, String message) {
    return TopicResult.failed(topic.name(), error, message);
  }
}
