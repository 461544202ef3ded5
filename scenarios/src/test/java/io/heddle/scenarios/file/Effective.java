package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Handler;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Swarm;
import java.util.function.UnaryOperator;

/** Takes out of a scenario what has no effect in it. */
final class Effective {
  private Effective() {}

  /** Without what has no effect beside the other sections. */
  static Scenario of(Scenario scenario) {
    boolean instances = UnusedTogether.hasInstances(scenario);
    UnaryOperator<Engine> engines = engine -> instances ? engine : withoutInstances(engine);
    UnaryOperator<Handler> handlers =
        handler -> handler.withSlow(UnusedTogether.slowKeys(handler, scenario));
    Swarm swarm = scenario.swarm();
    return scenario
        .withEngine(engines.apply(scenario.engine()))
        .withHandler(handlers.apply(scenario.handler()))
        .withSwarm(
            new Swarm(
                swarm.faults(),
                swarm.schedule(),
                swarm.kafka(),
                swarm.network(),
                swarm.produce(),
                swarm.group(),
                swarm.engine().stream().map(engines).toList(),
                swarm.handler().stream().map(handlers).toList()));
  }

  private static Engine withoutInstances(Engine engine) {
    Patience given = engine.work().patience();
    return engine.withWork(
        engine
            .work()
            .withPatience(
                new Patience(
                    given.jobDeadline(),
                    given.giveUp(),
                    given.stuckAfter(),
                    given.topicTimeout(),
                    Patience.DEFAULT.instanceTimeout())));
  }
}
