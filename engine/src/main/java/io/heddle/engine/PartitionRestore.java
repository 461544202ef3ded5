package io.heddle.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The stores of a partition as they are made again of their change logs. Of the restore thread. */
final class PartitionRestore {
  /** One store, and how far it is. */
  private static final class Log {
    private final StoreConfig config;
    private final StateStore store;
    private long end;
    private long position;
    private long changes;
    private boolean complete;

    Log(StoreConfig config, StateStore store, long end) {
      this.config = config;
      this.store = store;
      this.end = end;
    }
  }

  private final PartitionWorker worker;
  private final PartitionStores stores;
  private final Map<TopicPartition, Log> logs = new LinkedHashMap<>();

  PartitionRestore(PartitionWorker worker, PartitionStores stores) {
    this.worker = worker;
    this.stores = stores;
  }

  PartitionWorker worker() {
    return worker;
  }

  /** Whether nobody waits for this any more. */
  boolean isVain() {
    return worker.isDropped();
  }

  /** The partitions that are to be read. */
  static List<TopicPartition> changeLogs(PartitionWorker worker, List<StoreHandle<?>> handles) {
    List<TopicPartition> all = new ArrayList<>();
    for (StoreHandle<?> handle : handles) {
      all.add(new TopicPartition(handle.config().changeLog(), worker.partition().partition()));
    }
    return all;
  }

  List<TopicPartition> changeLogs() {
    return changeLogs(worker, stores.handles());
  }

  Set<TopicPartition> opened() {
    return logs.keySet();
  }

  /** Makes the stores, empty, to be filled up to these offsets. */
  void open(Map<TopicPartition, Long> ends) {
    for (StoreHandle<?> handle : stores.handles()) {
      StoreConfig config = handle.config();
      TopicPartition log = new TopicPartition(config.changeLog(), worker.partition().partition());
      Long end = ends.get(log);
      if (end == null) {
        throw new AssertionError("nobody knows how long " + log + " is");
      }
      logs.put(log, new Log(config, handle.open(worker.partition()), end));
      worker.engine().listener().restoring(worker.partition(), config.name(), end);
    }
  }

  /** Hands records of a change log to its store; where they go on counts as progress. */
  void receive(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> changes) {
    Log log = log(partition);
    for (ConsumerRecord<byte[], byte[]> change : changes) {
      // What came after the end was read is older than nothing we need, and newer than nothing
      // either: it is the same log, so it is taken as well.
      try {
        log.store.receiveChange(change);
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        throw new RestoreException(log.config.name(), partition, change.offset(), e);
      }
      log.changes++;
    }
  }

  /** The change log has been read up to this offset; returns whether that is news. */
  boolean reached(TopicPartition partition, long position) {
    Log log = log(partition);
    if (log.complete) {
      return false;
    }
    boolean moved = position > log.position;
    log.position = Math.max(position, log.position);
    log.complete = log.position >= log.end;
    EngineListener listener = worker.engine().listener();
    String store = log.config.name();
    if (log.complete) {
      listener.restored(worker.partition(), store, log.changes);
    } else if (moved) {
      listener.restoreProgress(worker.partition(), store, log.position, log.end);
    }
    return moved || log.complete;
  }

  /** The log has become shorter than it was: there will never be more than this. */
  void endsAt(TopicPartition partition, long end) {
    Log log = log(partition);
    log.end = Math.min(end, log.end);
  }

  boolean isComplete(TopicPartition partition) {
    return log(partition).complete;
  }

  boolean isComplete() {
    return logs.values().stream().allMatch(log -> log.complete);
  }

  /** Gives the stores to the strand. */
  void handOver() {
    List<StateStore> restored = new ArrayList<>();
    logs.values().forEach(log -> restored.add(log.store));
    worker.post(
        strand -> {
          stores.attach(restored);
          strand.gate().release(PauseReason.RESTORING);
        });
  }

  /** Nobody will get the stores. */
  void giveUp() {
    logs.values().forEach(log -> log.store.revoked());
  }

  private Log log(TopicPartition partition) {
    @Nullable Log log = logs.get(partition);
    if (log == null) {
      throw new AssertionError(partition + " is no change log of " + worker.partition());
    }
    return log;
  }
}
