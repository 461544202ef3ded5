package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.Request;

/** What a broker does with the requests of one API. */
interface RequestHandler<R extends Request> {
  /** Serves the request; replies at most once, now or later. */
  void handle(Call call, R request);
}
