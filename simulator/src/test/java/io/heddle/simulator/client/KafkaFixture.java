package io.heddle.simulator.client;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.broker.SimCluster;
import io.heddle.simulator.broker.Surroundings;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Latency;
import io.heddle.simulator.network.SimNetwork;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;

/** Brokers, a network and a process in one simulation, for tests of clients. */
final class KafkaFixture {
  private static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private final Choices choices = new SeededChoices(1);
  private final Simulation simulation = new Simulation(choices, Limits.DEFAULT);
  private final List<Fact> facts = new ArrayList<>();
  private final Trace trace = new Trace(null);
  private final int brokers;
  private final SimCluster cluster;
  private final SimNetwork network;
  private long ids;

  KafkaFixture(int brokers) {
    this.brokers = brokers;
    this.cluster =
        new SimCluster(
            ClusterSettings.defaults()
                .withBrokers(brokers)
                .withGroups(GroupSettings.defaults().withInitialRebalanceDelayMs(0)),
            new World());
    this.network =
        new SimNetwork(
            simulation,
            choices,
            trace,
            Latency.constant(Duration.ofMillis(1)),
            Latency.constant(Duration.ofMillis(1)),
            (from, givenUp, broker, request, reply) ->
                cluster.handle(
                    broker,
                    new Caller(from.process().member(), from.clientId(), "/simulated", givenUp),
                    request,
                    reply));
  }

  Simulation simulation() {
    return simulation;
  }

  SimCluster cluster() {
    return cluster;
  }

  Trace trace() {
    return trace;
  }

  long nowMs() {
    return simulation.nanoTime() / 1_000_000;
  }

  ClientContext context(String process) {
    return new ClientContext(
        simulation, new SimProcess(new Member(process, 1)), network, choices, facts::add, brokers);
  }

  SimAdmin admin(Map<String, Object> properties) {
    return SimAdmin.create(context("admin"), properties);
  }

  /** The entry of the key, which must be there. */
  static <K, V> V at(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key), () -> "there is no " + key + " in " + map);
  }

  /** Something happens to requests of this API. */
  FaultRule fault(ApiKey api, FaultRule.Trigger trigger, Verdict verdict) {
    FaultRule rule =
        new FaultRule(
            "fault " + network.rules().size(),
            exchange -> exchange.request().api() == api,
            trigger,
            verdict);
    network.add(rule);
    return rule;
  }

  /** Tells of each request as it is sent. */
  void watch(Consumer<Request> told) {
    network.add(
        new FaultRule(
            "watch " + network.rules().size(),
            exchange -> {
              told.accept(exchange.request());
              return false;
            },
            new FaultRule.Trigger.Nth(1),
            new Verdict.Pass()));
  }

  /** What the brokers need of the simulation. */
  private final class World implements Surroundings {
    @Override
    public long nanoTime() {
      return simulation.nanoTime();
    }

    @Override
    public long wallMillis() {
      return EPOCH_MILLIS + nowMs();
    }

    @Override
    public Timer after(long delayNanos, Runnable action) {
      return simulation.after(delayNanos, null, action)::cancel;
    }

    @Override
    public String newMemberSuffix(String clientId) {
      return "-" + ++ids;
    }

    @Override
    public Uuid newTopicId() {
      return new Uuid(7, ++ids);
    }

    @Override
    public void record(Fact fact) {
      facts.add(fact);
    }
  }
}
