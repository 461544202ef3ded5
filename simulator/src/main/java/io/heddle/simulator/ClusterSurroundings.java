package io.heddle.simulator;

import io.heddle.simulator.broker.Surroundings;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.SimClock;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.Latency;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;

/** The world around the brokers: virtual time, drawn names, and the run's facts. */
final class ClusterSurroundings implements Surroundings {
  private final Simulation simulation;
  private final SimClock clock;
  private final Choices.Stream names;
  private final Choices.Stream markerTimes;
  private final Latency markerDelay;
  private final Consumer<Fact> facts;
  private long members;
  private long topics;

  ClusterSurroundings(
      Simulation simulation, Choices choices, Latency markerDelay, Consumer<Fact> facts) {
    this.simulation = simulation;
    this.clock = new SimClock(simulation);
    this.names = choices.stream("cluster.names");
    this.markerTimes = choices.stream("cluster.markers");
    this.markerDelay = markerDelay;
    this.facts = facts;
  }

  @Override
  public long nanoTime() {
    return simulation.nanoTime();
  }

  @Override
  public long wallMillis() {
    return clock.millis();
  }

  @Override
  public Timer after(long delayNanos, Runnable action) {
    return simulation.after(delayNanos, null, action)::cancel;
  }

  @Override
  public long markerDelayNanos() {
    return markerDelay.nanos(markerTimes);
  }

  /** Drawn first, so that the order of member ids varies with the seed, then numbered. */
  @Override
  public String newMemberSuffix(String clientId) {
    return String.format(java.util.Locale.ROOT, "%08x-%04d", names.below(1L << 32), ++members);
  }

  @Override
  public Uuid newTopicId() {
    return new Uuid(1 + names.below(1L << 62), ++topics);
  }

  @Override
  public void record(Fact fact) {
    facts.accept(fact);
  }
}
