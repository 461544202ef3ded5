package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListOffsetsRequest;
import io.heddle.simulator.protocol.ListOffsetsResponse;
import io.heddle.simulator.protocol.ListOffsetsResponse.PartitionOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks offsets up by time.
 *
 * <p>Models: the start and the end of a log, the first record at or after a timestamp, looked for
 * in the first segment that has or had one; the first record with the latest timestamp (-3; a
 * transaction's marker counts, and a deleted record whose segment is still there); their leader
 * epochs; UNSUPPORTED_VERSION for a time before 1970; leadership; for readers of committed records
 * the last stable offset as the end; what tiered storage holds (-4, -5, -6) where there is none.
 *
 * <p>Does not model: tiered storage, the client's leader epoch, OFFSET_NOT_AVAILABLE after an
 * election.
 */
final class ListOffsetsApi implements RequestHandler<ListOffsetsRequest> {
  private final Topics topics;

  ListOffsetsApi(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Call call, ListOffsetsRequest request) {
    Map<TopicPartition, PartitionOffset> found = new LinkedHashMap<>();
    request
        .timestamps()
        .forEach(
            (id, timestamp) ->
                found.put(id, find(call.brokerId(), id, timestamp, request.isolationLevel())));
    call.reply(new ListOffsetsResponse(found));
  }

  private PartitionOffset find(
      int brokerId, TopicPartition id, long timestamp, IsolationLevel isolation) {
    Partition partition = topics.find(id).orElse(null);
    if (partition == null) {
      return nothing(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    ErrorCode error = partition.check(brokerId, -1);
    if (error != ErrorCode.NONE) {
      return nothing(error);
    }
    PartitionLog log = partition.log();
    if (timestamp == ListOffsetsRequest.LATEST) {
      return new PartitionOffset(
          ErrorCode.NONE, -1, log.readableEnd(isolation), partition.leaderEpoch());
    }
    if (timestamp == ListOffsetsRequest.EARLIEST
        || timestamp == ListOffsetsRequest.EARLIEST_LOCAL) {
      int epoch = log.epochs().at(log.startOffset());
      return new PartitionOffset(ErrorCode.NONE, -1, log.startOffset(), epoch);
    }
    if (timestamp < ListOffsetsRequest.EARLIEST_PENDING_UPLOAD) {
      return nothing(ErrorCode.UNSUPPORTED_VERSION);
    }
    if (timestamp == ListOffsetsRequest.LATEST_TIERED
        || timestamp == ListOffsetsRequest.EARLIEST_PENDING_UPLOAD) {
      return nothing(ErrorCode.NONE);
    }
    Optional<LogEntry.Found> first =
        timestamp == ListOffsetsRequest.MAX_TIMESTAMP
            ? log.latestTimestamp()
            : log.firstAtOrAfter(timestamp);
    return first
        .filter(hit -> hit.offset() < log.readableEnd(isolation))
        .map(
            hit ->
                new PartitionOffset(
                    ErrorCode.NONE, hit.timestamp(), hit.offset(), hit.leaderEpoch()))
        .orElse(nothing(ErrorCode.NONE));
  }

  private static PartitionOffset nothing(ErrorCode error) {
    return new PartitionOffset(error, -1, -1, -1);
  }
}
