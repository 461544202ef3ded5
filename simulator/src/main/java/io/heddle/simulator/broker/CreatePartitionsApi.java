package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.CreatePartitionsRequest;
import io.heddle.simulator.protocol.CreatePartitionsRequest.NewCount;
import io.heddle.simulator.protocol.CreatePartitionsResponse;
import io.heddle.simulator.protocol.CreatePartitionsResponse.TopicResult;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Adds partitions to topics; any broker passes the request on to the controller.
 *
 * <p>Models: unknown topics, counts that would add nothing, duplicates in one request, validation
 * without effect; the new partitions have the topic's replication factor; replicas that somebody
 * names, and what is asked of them.
 *
 * <p>Does not model: policies, controller mutation quotas.
 */
final class CreatePartitionsApi implements RequestHandler<CreatePartitionsRequest> {
  private final Topics topics;
  private final TopicAdministration administration;
  private final AssignmentRules rules;

  CreatePartitionsApi(Topics topics, TopicAdministration administration, AssignmentRules rules) {
    this.topics = topics;
    this.rules = rules;
    this.administration = administration;
  }

  @Override
  public void handle(Call call, CreatePartitionsRequest request) {
    List<String> names = request.topics().stream().map(NewCount::topic).toList();
    List<TopicResult> results = new ArrayList<>();
    for (NewCount wanted : request.topics()) {
      results.add(
          names.indexOf(wanted.topic()) == names.lastIndexOf(wanted.topic())
              ? grow(wanted, request.validateOnly())
              : new TopicResult(
                  wanted.topic(), ErrorCode.INVALID_REQUEST, "Duplicate topic name."));
    }
    call.reply(new CreatePartitionsResponse(results));
  }

  private TopicResult grow(NewCount wanted, boolean validateOnly) {
    Topic topic = topics.find(wanted.topic()).orElse(null);
    if (topic == null) {
      return new TopicResult(wanted.topic(), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "");
    }
    int present = topic.partitionCount();
    if (wanted.count() <= present) {
      String message =
          wanted.count() == present
              ? "Topic already has " + present + " partition(s)."
              : "The topic "
                  + topic.name()
                  + " currently has "
                  + present
                  + " partition(s); "
                  + wanted.count()
                  + " would not be an increase.";
      return new TopicResult(topic.name(), ErrorCode.INVALID_PARTITIONS, message);
    }
    String fault = wanted.assignments().map(given -> faultOf(topic, wanted, given)).orElse("");
    if (!fault.isEmpty()) {
      return new TopicResult(topic.name(), ErrorCode.INVALID_REPLICA_ASSIGNMENT, fault);
    }
    if (!validateOnly) {
      wanted
          .assignments()
          .ifPresentOrElse(
              given -> administration.grow(topic, given),
              () -> administration.grow(topic, wanted.count()));
    }
    return new TopicResult(topic.name(), ErrorCode.NONE, "");
  }

  private String faultOf(Topic topic, NewCount wanted, List<List<Integer>> given) {
    int present = topic.partitionCount();
    int additional = wanted.count() - present;
    if (given.size() != additional) {
      return "Attempted to add "
          + additional
          + " additional partition(s), but only "
          + given.size()
          + " assignment(s) were specified.";
    }
    OptionalInt factor = OptionalInt.of(topic.replicationFactor());
    for (int i = 0; i < additional; i++) {
      String fault = rules.faultOfNew(present + i, given.get(i), factor).orElse("");
      if (!fault.isEmpty()) {
        return fault;
      }
    }
    return "";
  }
}
