package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ApiKey;
import io.heddle.simulator.protocol.Request;
import java.util.EnumMap;
import java.util.Map;

/** The handler of each API. */
final class RequestTable {
  private final Map<ApiKey, RequestHandler<Request>> handlers = new EnumMap<>(ApiKey.class);

  <R extends Request> RequestTable with(ApiKey api, Class<R> type, RequestHandler<R> handler) {
    if (handlers.put(api, (call, request) -> handler.handle(call, type.cast(request))) != null) {
      throw new IllegalStateException("two handlers for " + api.title());
    }
    return this;
  }

  void dispatch(Call call, Request request) {
    RequestHandler<Request> handler = handlers.get(request.api());
    if (handler == null) {
      throw new UnsupportedOperationException(request.api().title() + " is not modelled");
    }
    handler.handle(call, request);
  }
}
