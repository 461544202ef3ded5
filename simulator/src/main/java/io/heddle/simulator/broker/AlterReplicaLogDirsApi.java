package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.AlterReplicaLogDirsRequest;
import io.heddle.simulator.protocol.AlterReplicaLogDirsResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Moves replicas of the asked broker to other log directories of it, of which it has one.
 *
 * <p>Models: directories that the broker has not got, replicas that it has not got, names of topics
 * that are too long to be moved; what is asked to be where it is already.
 *
 * <p>Does not model: several directories, and so any move.
 */
final class AlterReplicaLogDirsApi implements RequestHandler<AlterReplicaLogDirsRequest> {
  private static final int LONGEST_NAME = 255;

  /** What Kafka adds to the name of a directory that a replica moves to. */
  private static final int SUFFIX = ".".length() + 32 + "-future".length();

  private final Topics topics;

  AlterReplicaLogDirsApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, AlterReplicaLogDirsRequest request) {
    Map<TopicPartition, ErrorCode> results = new LinkedHashMap<>();
    request
        .directories()
        .forEach((id, directory) -> results.put(id, alter(call.brokerId(), id, directory)));
    call.reply(new AlterReplicaLogDirsResponse(results));
  }

  private ErrorCode alter(int broker, TopicPartition id, String directory) {
    if (id.toString().length() + SUFFIX > LONGEST_NAME) {
      return ErrorCode.INVALID_TOPIC_EXCEPTION;
    }
    if (!directory.equals(DescribeLogDirsApi.directoryOf(broker))) {
      return ErrorCode.LOG_DIR_NOT_FOUND;
    }
    return topics
        .find(id)
        .map(
            partition ->
                partition.replicas().has(broker) ? ErrorCode.NONE : ErrorCode.REPLICA_NOT_AVAILABLE)
        .orElse(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }
}
