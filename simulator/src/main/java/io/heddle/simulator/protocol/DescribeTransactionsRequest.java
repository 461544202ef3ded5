package io.heddle.simulator.protocol;

import java.util.List;

/** Asks for the state of transactional ids. */
public record DescribeTransactionsRequest(List<String> transactionalIds) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_TRANSACTIONS;
  }

  @Override
  public DescribeTransactionsResponse refusal(ErrorCode error) {
    return new DescribeTransactionsResponse(
        transactionalIds.stream()
            .map(id -> DescribeTransactionsResponse.DescribedTransaction.refused(id, error))
            .toList());
  }
}
