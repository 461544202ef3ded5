package io.heddle.scenarios.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the engine writes to has to be there, and to be nobody else's; and replicas fit brokers. */
final class EngineTopics {
  private EngineTopics() {}

  static void check(Engine engine, List<Topic> topics, Expect expect) {
    Require.that(
        engine.exactlyOnce().isPresent() || !expect.invariants().contains("exactly-once"),
        "expect.invariants can have exactly-once only with engine.exactly-once");
    Require.that(
        engine.work().outputs().isPresent() || !expect.invariants().contains("outputs"),
        "expect.invariants can have outputs only with engine.outputs");
    Require.that(
        engine.store().isPresent() || !expect.invariants().contains("store"),
        "expect.invariants can have store only with engine.store");
    engine.store().ifPresent(store -> checkStore(store, engine, topics));
    String field = engine.exactlyOnce().isPresent() ? "exactly-once.output" : "outputs.topic";
    Work work = engine.work();
    checkLetters("on-failure", work.onFailure().flatMap(OnFailure::topic), engine, topics);
    checkLetters("on-undecodable", work.onUndecodable().flatMap(OnFailure::topic), engine, topics);
    checkLetters("patience.job-deadline", topic(work.patience().jobDeadline()), engine, topics);
    checkLetters("patience.give-up", topic(work.patience().giveUp()), engine, topics);
    engine
        .outputTopic()
        .ifPresent(
            output ->
                Require.that(
                    topics.stream().noneMatch(topic -> topic.name().equals(output)),
                    "engine." + field + " must not be among topics, was " + output));
  }

  private static Optional<String> topic(Optional<Patience.Limit> limit) {
    return limit.flatMap(Patience.Limit::topic);
  }

  private static void checkLetters(
      String field, Optional<String> letters, Engine engine, List<Topic> topics) {
    letters.ifPresent(
        name ->
            Require.that(
                topics.stream().noneMatch(topic -> topic.name().equals(name))
                    && engine.outputTopic().filter(name::equals).isEmpty()
                    && engine.changeLog().filter(name::equals).isEmpty(),
                "engine." + field + ".topic must be a topic of its own, was " + name));
  }

  private static void checkStore(Store store, Engine engine, List<Topic> topics) {
    String log = store.changeLog();
    Require.that(
        topics.size() == 1,
        "engine.store can be had with one topic, was with " + topics.size() + " of them");
    boolean taken =
        topics.stream().anyMatch(topic -> topic.name().equals(log))
            || engine.outputTopic().filter(log::equals).isPresent();
    Require.that(!taken, "engine.store must be a topic of its own, was " + log);
  }

  static void checkReplicas(Cluster kafka, List<Topic> topics, Engine engine) {
    for (Topic topic : topics) {
      checkReplicas("topics." + topic.name() + ".replication", topic.replication(), kafka);
    }
    engine
        .store()
        .ifPresent(store -> checkReplicas("engine.store.replication", store.replication(), kafka));
  }

  private static void checkReplicas(String field, OptionalInt replication, Cluster kafka) {
    replication.ifPresent(
        count ->
            Require.that(
                count <= kafka.brokers(),
                field + " must be at most kafka.brokers (" + kafka.brokers() + "), was " + count));
  }
}
