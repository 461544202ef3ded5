package io.heddle.simulator.network;

import io.heddle.simulator.core.SimProcess;
import java.util.TreeMap;

/** A client's end of its connections. */
public final class Endpoint {
  private final SimProcess process;
  private final String clientId;
  private final TreeMap<Integer, Connection> connections = new TreeMap<>();
  private final TreeMap<Integer, Long> throttled = new TreeMap<>();

  /** The connections of one client. */
  public Endpoint(SimProcess process, String clientId) {
    this.process = process;
    this.clientId = clientId;
  }

  /** The process in which the client lives. */
  public SimProcess process() {
    return process;
  }

  /** The client's name. */
  public String clientId() {
    return clientId;
  }

  /** The broker wants to be left alone until then. */
  void throttle(int broker, long untilNanos) {
    throttled.merge(broker, untilNanos, Math::max);
  }

  /** Until when nothing may be sent to the broker, in nanoseconds since the start of the run. */
  public long throttledUntil(int broker) {
    return throttled.getOrDefault(broker, 0L);
  }

  Connection to(int broker) {
    return connections.computeIfAbsent(broker, id -> new Connection());
  }

  /** That connection has broken; the next request to this broker takes a new one. */
  void forget(int broker, Connection broken) {
    connections.remove(broker, broken);
  }
}
