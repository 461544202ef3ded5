package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One playing of a trace on one side. */
final class Play {
  /**
   * How every topic is set up: explicit timestamps are old, and must not end with the retention.
   */
  static final Map<String, String> TOPIC = Map.of("retention.ms", "-1");

  private final Trace trace;
  private final String prefix;
  private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());

  /**
   * A play to come.
   *
   * @param prefix what the names of its topics, groups and transactional ids begin with
   */
  Play(Trace trace, String prefix) {
    this.trace = trace;
    this.prefix = prefix;
  }

  /** Plays it; one outcome for each step. */
  void on(Side side) throws InterruptedException {
    Stage stage = new Stage(side, prefix);
    trace
        .topics()
        .forEach(
            (topic, partitions) -> {
              side.createTopic(stage.name(topic), partitions);
              stage.topics().put(stage.name(topic), partitions);
            });
    for (Step step : trace.steps()) {
      outcomes.add(stage.play(step));
      stage.awaitTransactions();
    }
  }

  /** The side itself has failed. */
  void broken(Throwable failure) {
    outcomes.add("the side is broken: " + failure);
  }

  List<String> outcomes() {
    return List.copyOf(outcomes);
  }
}
