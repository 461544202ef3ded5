package io.heddle.simulator.protocol;

import java.util.List;

/**
 * Asks for the transactional ids that this broker coordinates.
 *
 * @param states only those in one of these, by Kafka's names; any if there are none
 * @param producerIds only those with one of these; any if there are none
 * @param longerThanMs only those whose transaction has been open for longer; -1 for any
 * @param pattern only those whose whole id is one of the pattern's, in RE2's syntax; any if empty
 */
public record ListTransactionsRequest(
    List<String> states, List<Long> producerIds, long longerThanMs, String pattern)
    implements Request {
  /** A request for all of them. */
  public ListTransactionsRequest() {
    this(List.of(), List.of(), -1, "");
  }

  @Override
  public ApiKey api() {
    return ApiKey.LIST_TRANSACTIONS;
  }

  @Override
  public ListTransactionsResponse refusal(ErrorCode error) {
    return new ListTransactionsResponse(error, List.of());
  }
}
