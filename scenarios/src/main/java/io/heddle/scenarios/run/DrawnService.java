package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Handler;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.Simulation;

/** Draws what becomes of the work on records, one after the other. Thread-safe. */
final class DrawnService implements MemberSurroundings.Service {
  private final Handler handler;
  private final Simulation simulation;
  private final Choices.Stream times;
  private final Choices.Stream errors;
  private final Undecodables undecodable;

  DrawnService(Handler handler, Choices choices, Simulation simulation) {
    this.handler = handler;
    this.simulation = simulation;
    this.times = choices.stream("handler.service");
    this.errors = choices.stream("handler.error");
    double share = handler.undecodable();
    Choices.Stream which = choices.stream("handler.undecodable");
    this.undecodable = new Undecodables(share, share == 0 ? 0 : (long) (which.unit() * 1e18));
  }

  @Override
  public long nanos(Payload payload) {
    return simulation.inside(
        () -> handler.serviceOf(payload.key()).sample(simulation.pace(times)::unit));
  }

  @Override
  public boolean fails(Payload payload) {
    return happens(handler.errors());
  }

  @Override
  public boolean isUndecodable(Payload payload) {
    return undecodable.contains(payload);
  }

  @Override
  public boolean happens(double share) {
    return share > 0 && simulation.inside(errors::unit) < share;
  }
}
