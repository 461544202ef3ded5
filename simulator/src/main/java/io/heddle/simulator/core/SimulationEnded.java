package io.heddle.simulator.core;

/**
 * Unwinds a simulated thread whose process has crashed or whose simulation is over. An {@code
 * Error}, so that an application's {@code catch (Exception e)} does not stop it.
 */
public final class SimulationEnded extends Error {
  private static final long serialVersionUID = 1;

  SimulationEnded(String message) {
    super(message, null, false, false);
  }
}
