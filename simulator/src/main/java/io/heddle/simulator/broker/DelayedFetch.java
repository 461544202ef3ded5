package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FetchRequest;
import io.heddle.simulator.protocol.FetchRequest.FetchPartition;
import io.heddle.simulator.protocol.FetchResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A fetch that found too little and waits, for so long, until there is enough. */
final class DelayedFetch {
  private final Topics topics;
  private final Call call;
  private final FetchRequest request;
  private final Map<TopicPartition, FetchPartition> wanted;
  private final Supplier<FetchResponse> read;
  private final Map<TopicPartition, Partition> watched = new LinkedHashMap<>();
  private Surroundings.@Nullable Timer deadline;
  private boolean done;

  /**
   * A fetch that does not wait yet.
   *
   * @param wanted the partitions that it waits for
   * @param read what to answer with, whenever that is
   */
  DelayedFetch(
      Topics topics,
      Call call,
      FetchRequest request,
      Map<TopicPartition, FetchPartition> wanted,
      Supplier<FetchResponse> read) {
    this.topics = topics;
    this.call = call;
    this.request = request;
    this.wanted = wanted;
    this.read = read;
  }

  void await(Surroundings surroundings, int maxWaitMs) {
    for (TopicPartition id : wanted.keySet()) {
      Partition partition = topics.partition(id);
      partition.await(this);
      watched.put(id, partition);
    }
    deadline = surroundings.after(maxWaitMs * 1_000_000L, this::complete);
  }

  /** Answers if there is enough by now, or if waiting has become pointless. */
  void tryComplete() {
    if (!done && (isPointless() || bytesAvailable() >= request.minBytes())) {
      complete();
    }
  }

  private boolean isPointless() {
    for (var entry : wanted.entrySet()) {
      Partition partition = topics.find(entry.getKey()).orElse(null);
      if (partition == null || partition != watched.get(entry.getKey())) {
        return true;
      }
      FetchPartition fetch = entry.getValue();
      boolean refused =
          partition.check(call.brokerId(), fetch.currentLeaderEpoch()) != ErrorCode.NONE;
      if (refused || fetch.fetchOffset() > partition.log().endOffset()) {
        return true;
      }
    }
    return false;
  }

  private long bytesAvailable() {
    long bytes = 0;
    for (var entry : wanted.entrySet()) {
      FetchPartition fetch = entry.getValue();
      PartitionLog log = topics.partition(entry.getKey()).log();
      long available = log.bytesFrom(fetch.fetchOffset(), request.isolationLevel());
      bytes += Math.min(available, fetch.partitionMaxBytes());
    }
    return bytes;
  }

  private void complete() {
    if (done) {
      return;
    }
    done = true;
    if (deadline != null) {
      deadline.cancel();
    }
    watched.values().forEach(partition -> partition.forget(this));
    call.reply(read.get());
  }
}
