package io.heddle.simulator.core;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes threads that run in the simulation once they are started. */
final class SimThreadFactory implements ThreadFactory {
  private final Simulation simulation;
  private final @Nullable SimProcess owner;
  private final String prefix;
  private final AtomicInteger count = new AtomicInteger();

  SimThreadFactory(Simulation simulation, @Nullable SimProcess owner, String prefix) {
    this.simulation = simulation;
    this.owner = owner;
    this.prefix = prefix;
  }

  @Override
  public Thread newThread(Runnable body) {
    return simulation.newThread(owner, prefix + "-" + count.incrementAndGet(), body);
  }
}
