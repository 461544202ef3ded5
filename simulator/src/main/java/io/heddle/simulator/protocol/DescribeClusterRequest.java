package io.heddle.simulator.protocol;

/**
 * Asks which brokers there are.
 *
 * @param includeFencedBrokers those, too, that are registered and away
 */
public record DescribeClusterRequest(boolean includeFencedBrokers) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_CLUSTER;
  }

  @Override
  public DescribeClusterResponse refusal(ErrorCode error) {
    return new DescribeClusterResponse(error, java.util.List.of(), -1, "");
  }
}
