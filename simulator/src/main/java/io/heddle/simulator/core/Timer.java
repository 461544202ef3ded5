package io.heddle.simulator.core;

/** Something that will happen and can still be called off. */
public interface Timer {
  /** Calls it off; does nothing if it has happened. */
  void cancel();
}
