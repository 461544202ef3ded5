package io.heddle.scenarios.model;

/**
 * Which broker a fault is for: one by its id, or any, of which one is drawn that will do.
 *
 * @param id from 0 on, or -1 for any
 */
public record BrokerTarget(int id) {
  /** Any broker. */
  public static final BrokerTarget ANY = new BrokerTarget(-1);

  /** Refuses what is no broker's id. */
  public BrokerTarget {
    Require.that(id >= -1, "broker must be at least 0, was " + id);
  }

  /** Whether no broker is named. */
  public boolean isAny() {
    return id < 0;
  }

  /** Whether the fault can be for this broker. */
  public boolean matches(int broker) {
    return isAny() || id == broker;
  }

  /** As in a file. */
  @Override
  public String toString() {
    return isAny() ? "any" : String.valueOf(id);
  }
}
