package io.heddle.simulator.protocol;

import java.util.List;

/** The transactional ids that this broker coordinates. */
public record ListTransactionsResponse(ErrorCode error, List<ListedTransaction> transactions)
    implements Response {
  /** One transactional id; {@code state} is Kafka's name for it, for example {@code Ongoing}. */
  public record ListedTransaction(String transactionalId, long producerId, String state) {}
}
