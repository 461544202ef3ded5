package io.heddle.simulator;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.broker.SimCluster;
import io.heddle.simulator.network.Endpoint;
import io.heddle.simulator.network.SimNetwork;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.function.Consumer;

/** Where the network's requests reach the brokers. */
record ClusterEntrance(SimCluster cluster) implements SimNetwork.Brokers {
  @Override
  public void handle(
      Endpoint from, boolean givenUp, int broker, Request request, Consumer<Response> reply) {
    cluster.handle(
        broker,
        new Caller(from.process().member(), from.clientId(), "/127.0.0.1", givenUp),
        request,
        reply);
  }

  @Override
  public boolean isUp(int broker) {
    return cluster.operations().isUp(broker);
  }
}
