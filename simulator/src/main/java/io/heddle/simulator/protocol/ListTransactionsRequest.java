package io.heddle.simulator.protocol;

import java.util.List;

/** Asks for all transactional ids that this broker coordinates. */
public record ListTransactionsRequest() implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.LIST_TRANSACTIONS;
  }

  @Override
  public ListTransactionsResponse refusal(ErrorCode error) {
    return new ListTransactionsResponse(error, List.of());
  }
}
