package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.UnregisterBrokerRequest;
import io.heddle.simulator.protocol.UnregisterBrokerResponse;

/**
 * Lets the controller forget a broker; any broker passes the request on to it.
 *
 * <p>Models: brokers that are not registered; that a broker which is forgotten leads nothing, is in
 * sync nowhere and is in nobody's metadata, that no assignment may name it, and that it is known
 * again when it starts again; a broker that is still there goes on answering, and knows nothing
 * better.
 *
 * <p>Does not model: controllers that are no brokers.
 */
final class UnregisterBrokerApi implements RequestHandler<UnregisterBrokerRequest> {
  private final Brokers brokers;
  private final Failover failover;

  UnregisterBrokerApi(Brokers brokers, Failover failover) {
    this.brokers = brokers;
    this.failover = failover;
  }

  @Override
  public void handle(Call call, UnregisterBrokerRequest request) {
    int broker = request.broker();
    if (!brokers.isRegistered(broker)) {
      call.reply(
          new UnregisterBrokerResponse(
              ErrorCode.BROKER_ID_NOT_REGISTERED,
              "Broker ID " + broker + " is not currently registered"));
      return;
    }
    failover.unregister(broker);
    call.reply(new UnregisterBrokerResponse(ErrorCode.NONE, ""));
  }
}
