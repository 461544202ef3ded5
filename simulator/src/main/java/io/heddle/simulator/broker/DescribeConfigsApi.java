package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.DescribeConfigsRequest;
import io.heddle.simulator.protocol.DescribeConfigsResponse;
import io.heddle.simulator.protocol.DescribeConfigsResponse.Entry;
import io.heddle.simulator.protocol.DescribeConfigsResponse.TopicConfigs;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.List;
import java.util.Set;

/**
 * Tells the settings of topics.
 *
 * <p>Models: the settings that the simulator models with their values, and whether they were set
 * for the topic.
 *
 * <p>Does not model: settings that topics refuse here (they are not listed), synonyms,
 * documentation, resources other than topics.
 */
final class DescribeConfigsApi implements RequestHandler<DescribeConfigsRequest> {
  private final Topics topics;

  DescribeConfigsApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, DescribeConfigsRequest request) {
    call.reply(new DescribeConfigsResponse(request.topics().stream().map(this::describe).toList()));
  }

  private TopicConfigs describe(String name) {
    return topics
        .find(name)
        .map(topic -> new TopicConfigs(name, ErrorCode.NONE, entries(topic)))
        .orElse(new TopicConfigs(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, List.of()));
  }

  private static List<Entry> entries(Topic topic) {
    return entries(topic.overrides(), topic.config());
  }

  /** What holds for a topic, by name. */
  static List<Entry> entries(TopicConfig overrides, TopicConfig effective) {
    Set<String> set = overrides.overrides().keySet();
    return effective.all().entrySet().stream()
        .map(each -> new Entry(each.getKey(), each.getValue(), set.contains(each.getKey())))
        .toList();
  }
}
