package io.heddle.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves replicas of the asked broker to other log directories of it.
 *
 * @param directories where each is to be
 */
public record AlterReplicaLogDirsRequest(Map<TopicPartition, String> directories)
    implements Request {
  @Override
  public ApiKey api() {
    return ApiKey.ALTER_REPLICA_LOG_DIRS;
  }

  @Override
  public AlterReplicaLogDirsResponse refusal(ErrorCode error) {
    Map<TopicPartition, ErrorCode> refused = new LinkedHashMap<>();
    directories.keySet().forEach(each -> refused.put(each, error));
    return new AlterReplicaLogDirsResponse(refused);
  }
}
