package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.Response;
import java.util.function.Consumer;

/** A request on its way: which broker got it, from whom, and where the reply goes. */
final class Call {
  private final int brokerId;
  private final Caller caller;
  private final Consumer<Response> reply;
  private boolean replied;

  Call(int brokerId, Caller caller, Consumer<Response> reply) {
    this.brokerId = brokerId;
    this.caller = caller;
    this.reply = reply;
  }

  int brokerId() {
    return brokerId;
  }

  Caller caller() {
    return caller;
  }

  void reply(Response response) {
    if (replied) {
      throw new IllegalStateException("a second reply to " + caller + ": " + response);
    }
    replied = true;
    reply.accept(response);
  }
}
