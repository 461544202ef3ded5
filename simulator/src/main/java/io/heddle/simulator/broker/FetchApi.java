package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchRequest.FetchPartition;
import io.heddle.simulator.protocol.FetchResponse;
import io.heddle.simulator.protocol.FetchResponse.AbortedTransaction;
import io.heddle.simulator.protocol.FetchResponse.DivergingEpoch;
import io.heddle.simulator.protocol.FetchResponse.PartitionData;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Reads from logs.
 *
 * <p>Models: long polling (minBytes, maxWait; woken by appends, a new leader, a deleted topic), the
 * limits of the request and of each partition with at least one whole batch in the response,
 * batches that begin before the offset asked for, offsets out of range, leader epochs, the epoch
 * after which the log is another than the client has read, topic ids; an unknown topic does not end
 * the wait for the others, any other error does; for readers of committed records the last stable
 * offset, and the aborted transactions among what is read.
 *
 * <p>Does not model: fetch sessions, followers and fetching from them, a high watermark behind the
 * end of the log, batches cut off at the end of a response, quotas, tiered storage.
 */
final class FetchApi implements RequestHandler<FetchRequest> {
  private final Topics topics;
  private final Surroundings surroundings;

  FetchApi(Topics topics, Surroundings surroundings) {
    this.topics = topics;
    this.surroundings = surroundings;
  }

  @Override
  public void handle(Call call, FetchRequest request) {
    Map<TopicPartition, FetchPartition> readable = new LinkedHashMap<>();
    Map<TopicPartition, ErrorCode> unknown = new LinkedHashMap<>();
    request
        .partitions()
        .forEach(
            (id, wanted) -> {
              ErrorCode error = resolve(id, wanted.topicId());
              if (error == ErrorCode.NONE) {
                readable.put(id, wanted);
              } else {
                unknown.put(id, error);
              }
            });
    Reading reading = read(call.brokerId(), request, readable);
    if (request.maxWaitMs() <= 0
        || readable.isEmpty()
        || reading.failed
        || reading.bytes >= request.minBytes()) {
      call.reply(answer(request, reading, unknown));
      return;
    }
    new DelayedFetch(
            topics,
            call,
            request,
            readable,
            () -> answer(request, read(call.brokerId(), request, readable), unknown))
        .await(surroundings, request.maxWaitMs());
  }

  private ErrorCode resolve(TopicPartition id, Uuid topicId) {
    boolean byId = !topicId.equals(Uuid.ZERO_UUID);
    Topic topic = topics.find(id.topic()).orElse(null);
    if (byId && (topic == null || !topic.id().equals(topicId))) {
      return ErrorCode.UNKNOWN_TOPIC_ID;
    }
    return topics.find(id).isPresent() ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  }

  private Reading read(
      int brokerId, FetchRequest request, Map<TopicPartition, FetchPartition> wanted) {
    Reading reading = new Reading(request.maxBytes(), request.isolationLevel());
    wanted.forEach((id, fetch) -> read(brokerId, id, fetch, reading));
    return reading;
  }

  private void read(int brokerId, TopicPartition id, FetchPartition fetch, Reading reading) {
    Partition partition = topics.find(id).orElse(null);
    boolean gone = partition == null || !sameTopic(partition, fetch.topicId());
    if (partition == null || gone) {
      reading.fail(id, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
      return;
    }
    PartitionLog log = partition.log();
    ErrorCode error = partition.check(brokerId, fetch.currentLeaderEpoch());
    Optional<LeaderEpochs.End> diverging =
        error == ErrorCode.NONE ? divergence(log, fetch) : Optional.empty();
    if (diverging.isPresent()) {
      reading.diverge(id, log, diverging.get());
      return;
    }
    if (error == ErrorCode.NONE && !inRange(log, fetch)) {
      error = ErrorCode.OFFSET_OUT_OF_RANGE;
    }
    if (error != ErrorCode.NONE) {
      reading.fail(id, error);
      return;
    }
    reading.add(id, log, fetch);
  }

  private static boolean sameTopic(Partition partition, Uuid topicId) {
    return topicId.equals(Uuid.ZERO_UUID) || topicId.equals(partition.topicId());
  }

  /** Where the log parts from what the client has read, if it says what that was. */
  private static Optional<LeaderEpochs.End> divergence(PartitionLog log, FetchPartition fetch) {
    if (fetch.lastFetchedEpoch() < 0 || fetch.fetchOffset() < log.startOffset()) {
      return Optional.empty();
    }
    LeaderEpochs.End end = log.epochs().endOf(fetch.lastFetchedEpoch(), log.endOffset());
    return Optional.of(end)
        .filter(it -> it.epoch() >= 0)
        .filter(it -> it.epoch() < fetch.lastFetchedEpoch() || it.offset() < fetch.fetchOffset());
  }

  private static boolean inRange(PartitionLog log, FetchPartition fetch) {
    long offset = fetch.fetchOffset();
    boolean unknownEpoch =
        fetch.lastFetchedEpoch() >= 0
            && log.epochs().endOf(fetch.lastFetchedEpoch(), log.endOffset()).epoch() < 0;
    return !unknownEpoch && offset >= log.startOffset() && offset <= log.endOffset();
  }

  private static FetchResponse answer(
      FetchRequest request, Reading reading, Map<TopicPartition, ErrorCode> unknown) {
    Map<TopicPartition, PartitionData> partitions = new LinkedHashMap<>();
    for (TopicPartition id : request.partitions().keySet()) {
      ErrorCode error = unknown.get(id);
      PartitionData data = error == null ? reading.data.get(id) : Reading.failure(error);
      if (data == null) {
        throw new IllegalStateException(id + " was not read");
      }
      partitions.put(id, data);
    }
    return new FetchResponse(partitions);
  }

  /** What one pass over the partitions has found so far, and the room that is left. */
  private static final class Reading {
    private final Map<TopicPartition, PartitionData> data = new LinkedHashMap<>();
    private final IsolationLevel isolation;
    private int room;
    private long bytes;
    private boolean failed;

    Reading(int maxBytes, IsolationLevel isolation) {
      this.isolation = isolation;
      this.room = maxBytes;
    }

    void add(TopicPartition id, PartitionLog log, FetchPartition fetch) {
      Slice slice =
          log.read(
              fetch.fetchOffset(),
              Math.min(fetch.partitionMaxBytes(), room),
              bytes == 0,
              isolation);
      bytes += slice.bytes();
      room = (int) Math.max(0, room - slice.bytes());
      data.put(
          id,
          new PartitionData(
              ErrorCode.NONE,
              log.highWatermark(),
              log.lastStableOffset(),
              log.startOffset(),
              Optional.empty(),
              aborted(log, fetch.fetchOffset(), slice.batches()),
              slice.batches()));
    }

    private List<AbortedTransaction> aborted(
        PartitionLog log, long from, List<RecordBatch> batches) {
      return isolation == IsolationLevel.READ_COMMITTED && !batches.isEmpty()
          ? log.transactions()
              .abortedBetween(from, batches.get(batches.size() - 1).lastOffset() + 1)
          : List.of();
    }

    /** The client is to go back: nothing is read, and nothing is waited for. */
    void diverge(TopicPartition id, PartitionLog log, LeaderEpochs.End end) {
      failed = true;
      data.put(
          id,
          new PartitionData(
              ErrorCode.NONE,
              log.highWatermark(),
              log.lastStableOffset(),
              log.startOffset(),
              Optional.of(new DivergingEpoch(end.epoch(), end.offset())),
              List.of(),
              List.of()));
    }

    void fail(TopicPartition id, ErrorCode error) {
      failed = true;
      data.put(id, failure(error));
    }

    static PartitionData failure(ErrorCode error) {
      return new PartitionData(error, -1, -1, -1, List.of());
    }
  }
}
