package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Action;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Fault;
import io.heddle.scenarios.model.ProtocolFaults;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Swarm;
import io.heddle.scenarios.model.Trigger;
import io.heddle.scenarios.model.Trigger.Pick;
import io.heddle.scenarios.model.TwinFaults;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.fault.SwarmProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws what a scenario leaves to each seed. */
public final class Swarms {
  private Swarms() {}

  /** The scenario that these choices run; one that leaves nothing to the seed stays as it is. */
  public static Scenario draw(Scenario whole, Choices choices) {
    Swarm swarm = whole.swarm();
    if (swarm.equals(Swarm.NONE)) {
      return whole;
    }
    // A single seed draws less than all there is: what is reached is for a campaign to say. The
    // swarm goes first: as long as it is there, each part that changes tries all it can draw.
    Scenario scenario =
        whole.withSwarm(Swarm.NONE).withExpect(whole.expect().withReached(List.of()));
    Engine engine = one("engine", swarm.engine(), scenario.engine(), choices);
    // The new parts need not fit together with the old ones.
    Scenario drawn =
        scenario
            .withFaults(List.of())
            .withExpect(
                swarm.engine().isEmpty()
                    ? scenario.expect()
                    : scenario.expect().fitting(Engine.DEFAULT))
            .withSchedule(one("schedule", swarm.schedule(), scenario.schedule(), choices))
            .withKafka(one("kafka", swarm.kafka(), scenario.kafka(), choices))
            .withNetwork(one("network", swarm.network(), scenario.network(), choices))
            .withProduce(one("produce", swarm.produce(), scenario.produce(), choices))
            .withGroup(one("group", swarm.group(), scenario.group(), choices))
            .withEngine(engine)
            .withExpect(
                swarm.engine().isEmpty() ? scenario.expect() : scenario.expect().fitting(engine))
            .withHandler(one("handler", swarm.handler(), scenario.handler(), choices));
    List<Fault> faults = swarm.faults() ? faults(scenario.faults(), choices) : scenario.faults();
    return drawn.withFaults(
        ProtocolFaults.fitting(
            drawn.kafka().protocol(), TwinFaults.fitting(drawn.group(), faults)));
  }

  private static <T> T one(String what, List<T> candidates, T otherwise, Choices choices) {
    return candidates.isEmpty()
        ? otherwise
        : candidates.get((int) choices.stream("swarm." + what).below(candidates.size()));
  }

  private static List<Fault> faults(List<Fault> faults, Choices choices) {
    SwarmProfile profile = SwarmProfile.draw(choices::stream);
    List<Fault> drawn = new ArrayList<>();
    Set<String> barriers = new HashSet<>();
    for (Fault fault : faults) {
      // What is held is released whenever it is there.
      boolean release = fault.action() instanceof Action.Release;
      double weight = release ? 1 : profile.weight(fault.action().label());
      weighted(fault, weight).ifPresent(drawn::add);
    }
    for (Fault fault : drawn) {
      if (fault.action() instanceof Action.Hold hold) {
        barriers.add(hold.barrier());
      }
    }
    drawn.removeIf(
        fault ->
            fault.action() instanceof Action.Release release
                && !barriers.contains(release.barrier()));
    return drawn;
  }

  /** The fault more or less often; empty if it does not happen at all. */
  private static Optional<Fault> weighted(Fault fault, double weight) {
    if (weight == 0) {
      return Optional.empty();
    }
    Trigger trigger = fault.trigger();
    if (trigger instanceof Trigger.Every every) {
      long period = Math.round(every.period().toNanos() / weight);
      Duration distance = Duration.ofNanos(Math.max(period, every.jitter().toNanos() + 1));
      if (distance.compareTo(every.until()) >= 0) {
        return Optional.empty();
      }
      trigger = new Trigger.Every(distance, every.jitter(), every.until());
    } else if (trigger instanceof Trigger.OnRequest request) {
      trigger =
          new Trigger.OnRequest(
              request.api(), weighted(request.pick(), weight), request.between(), request.member());
    } else if (trigger instanceof Trigger.When when) {
      trigger =
          new Trigger.When(
              when.happening(), weighted(when.pick(), weight), when.between(), when.member());
    }
    // A single seed draws less of everything; whether a fault fires at all is for a campaign to
    // say.
    return Optional.of(new Fault(fault.name(), trigger, fault.action(), true));
  }

  private static Pick weighted(Pick pick, double weight) {
    if (pick instanceof Pick.Share share) {
      return new Pick.Share(Math.min(1, share.probability() * weight));
    } else if (pick instanceof Pick.EveryNth every) {
      long distance = Math.round(every.n() / weight);
      return distance < 2 ? new Pick.All() : new Pick.EveryNth(distance);
    }
    return pick;
  }
}
