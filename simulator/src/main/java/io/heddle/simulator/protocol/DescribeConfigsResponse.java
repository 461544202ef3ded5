package io.heddle.simulator.protocol;

import java.util.List;

/** The settings of topics. */
public record DescribeConfigsResponse(List<TopicConfigs> topics) implements Response {
  /** Those of one topic, by name. */
  public record TopicConfigs(String topic, ErrorCode error, List<Entry> entries) {}

  /**
   * One setting.
   *
   * @param set whether it was set for this topic, and is not the default
   */
  public record Entry(String name, String value, boolean set) {}
}
