package io.heddle.scenarios.model;

import io.heddle.simulator.core.Schedule;
import java.util.List;

/**
 * What is drawn for each seed, so that runs differ in more than chance: runs that lack whole kinds
 * of faults find more than runs that have all of them. Of each list one is taken in the place of
 * what the scenario says; an empty list leaves it as it is. Faults that are written for the classic
 * protocol fit themselves to the consumer protocol, if that is drawn.
 *
 * @param faults whether each kind of fault is there or not, and more or less of it
 */
public record Swarm(
    boolean faults,
    List<Schedule> schedule,
    List<Cluster> kafka,
    List<Network> network,
    List<List<Workload>> produce,
    List<Group> group,
    List<Engine> engine,
    List<Handler> handler) {
  /** Every seed runs what the scenario says. */
  public static final Swarm NONE =
      new Swarm(false, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Swarm {
    schedule = List.copyOf(schedule);
    kafka = List.copyOf(kafka);
    network = List.copyOf(network);
    produce = produce.stream().map(List::copyOf).toList();
    group = List.copyOf(group);
    engine = List.copyOf(engine);
    handler = List.copyOf(handler);
  }

  /** The same, but for the schedule, which is not drawn. */
  public Swarm withoutSchedule() {
    return new Swarm(faults, List.of(), kafka, network, produce, group, engine, handler);
  }

  /** Refuses what does not fit into the scenario, given without it. */
  void check(Scenario scenario) {
    Require.that(
        !faults || !scenario.expect().outcome().startsWith("unfired:"),
        "expect.outcome must not be that a fault does not fire, since swarm.faults leaves some"
            + " out");
    kafka.forEach(scenario::onKafka);
    produce.forEach(scenario::withProduce);
    group.forEach(scenario::onGroup);
    for (Engine each : engine) {
      Scenario drawn =
          scenario
              .withExpect(scenario.expect().fitting(Engine.DEFAULT))
              .withEngine(each)
              .withExpect(scenario.expect().fitting(each));
      // Each of these can be drawn beside each of those.
      kafka.forEach(drawn::onKafka);
      produce.forEach(drawn::withProduce);
    }
  }
}
