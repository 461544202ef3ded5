package io.heddle.simulator.broker;

/** Creates and deletes topics, with all that hangs on them. */
final class TopicAdministration {
  private final Topics topics;
  private final OffsetStore offsets;
  private final Surroundings surroundings;

  TopicAdministration(Topics topics, OffsetStore offsets, Surroundings surroundings) {
    this.topics = topics;
    this.offsets = offsets;
    this.surroundings = surroundings;
  }

  Topic create(String name, int partitions) {
    return topics.create(name, surroundings.newTopicId(), partitions);
  }

  void delete(Topic topic) {
    offsets.forgetTopic(topic.name());
    topics.delete(topic);
  }
}
