package io.heddle.simulator.broker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which brokers there are and how they are. */
final class Brokers {
  /** How a broker is; a broker that crashed is missed only after a while. */
  enum State {
    /** It serves. */
    UP,
    /** It does not answer, and the controller does not know yet. */
    MISSED,
    /** It is known to be away. */
    DOWN;

    boolean canBecome(State next) {
      return switch (this) {
        case UP -> next == MISSED || next == DOWN;
        case MISSED -> next == DOWN;
        case DOWN -> next == UP;
      };
    }
  }

  private final int count;
  private final Map<Integer, State> states = new TreeMap<>();
  private final Set<Integer> forgotten = new TreeSet<>();

  Brokers(int count) {
    this.count = count;
    IntStream.range(0, count).forEach(id -> states.put(id, State.UP));
  }

  int count() {
    return count;
  }

  State state(int broker) {
    return states.getOrDefault(check(broker), State.DOWN);
  }

  boolean isUp(int broker) {
    return state(broker) == State.UP;
  }

  /** Those that the controller believes to be there. */
  List<Integer> active() {
    return states.keySet().stream().filter(this::isActive).toList();
  }

  boolean isActive(int broker) {
    return isRegistered(broker) && state(broker) != State.DOWN;
  }

  /** Whether the controller knows the broker, be it away or there. */
  boolean isRegistered(int broker) {
    return states.containsKey(broker) && !forgotten.contains(broker);
  }

  /** Those that the controller knows. */
  List<Integer> registered() {
    return states.keySet().stream().filter(this::isRegistered).toList();
  }

  /** The controller knows the broker no longer, until it comes back. */
  void unregister(int broker) {
    forgotten.add(check(broker));
  }

  void transitionTo(int broker, State next) {
    State before = state(broker);
    if (!before.canBecome(next)) {
      throw new IllegalStateException(
          "broker " + broker + " cannot go from " + before + " to " + next);
    }
    states.put(broker, next);
    if (next == State.UP) {
      forgotten.remove(broker);
    }
  }

  /** Returns the id; refuses one that no broker has. */
  int check(int broker) {
    if (broker < 0 || broker >= count) {
      throw new IllegalArgumentException("there is no broker " + broker);
    }
    return broker;
  }
}
