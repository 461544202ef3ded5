package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks who has written to partitions, as the partitions remember. */
public record DescribeProducersRequest(List<TopicPartition> partitions) implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.DESCRIBE_PRODUCERS;
  }

  @Override
  public DescribeProducersResponse refusal(ErrorCode error) {
    Map<TopicPartition, DescribeProducersResponse.Producers> results = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      results.put(partition, new DescribeProducersResponse.Producers(error, List.of()));
    }
    return new DescribeProducersResponse(results);
  }
}
