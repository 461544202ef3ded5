package io.heddle.simulator.protocol;

/** Lets the controller forget a broker. */
public record UnregisterBrokerRequest(int broker) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.UNREGISTER_BROKER;
  }

  @Override
  public UnregisterBrokerResponse refusal(ErrorCode error) {
    return new UnregisterBrokerResponse(error, "");
  }
}
