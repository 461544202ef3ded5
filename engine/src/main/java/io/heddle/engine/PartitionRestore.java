package io.heddle.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of a partition as they are made again of their change logs. Of the restore thread. */
final class PartitionRestore {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionRestore.class);

  /** One store, and how far it is. */
  private static final class Log {
    private final StoreConfig config;
    private final StateStore store;
    private final @Nullable PersistentStateStore persistent;
    private Optional<Uuid> topicId = Optional.empty();
    private long end;
    private long position;
    private long changes;
    private long written;
    private boolean cut;
    private boolean complete;

    Log(StoreConfig config, StateStore store, long end) {
      this.config = config;
      this.store = store;
      this.persistent = store instanceof PersistentStateStore itself ? itself : null;
      this.end = end;
    }

    /** The place up to which it is now; what the log was cut off is not in it any more. */
    long next() {
      return cut ? Long.MAX_VALUE : position;
    }
  }

  private final PartitionWorker worker;
  private final PartitionStores stores;
  private final Map<TopicPartition, Log> logs = new LinkedHashMap<>();
  // Before anything is read: what is deleted from then on cannot vanish unseen.
  private final Instant begun;

  PartitionRestore(PartitionWorker worker, PartitionStores stores) {
    this.worker = worker;
    this.stores = stores;
    this.begun = worker.engine().runtime().clock().instant();
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

  /** Makes the stores, to be filled up to these offsets. */
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

  /** The change logs of those stores that are persistent, and so may have some of it. */
  List<TopicPartition> persistent() {
    return logs.keySet().stream().filter(log -> log(log).persistent != null).toList();
  }

  /**
   * Has a persistent store go on from its place, if it is one of this log, or else begin anew.
   * Returns from where to read.
   */
  long resume(TopicPartition partition, Resumption found) {
    Log log = log(partition);
    PersistentStateStore store = log.persistent;
    if (store == null) {
      throw new AssertionError(log.config.name() + " is not persistent");
    }
    log.topicId = found.topicId();
    Optional<ChangeLogPlace> place = store.place();
    Optional<String> objection =
        place.flatMap(it -> found.objection(it, worker.engine().runtime().clock().instant()));
    if (objection.isPresent()) {
      LOG.warn(
          "Store '{}' of {} is made anew: {}",
          log.config.name(),
          worker.partition(),
          objection.get());
      written(log, partition, "forget what it has", store::reset);
      worker
          .engine()
          .listener()
          .storeDiscarded(worker.partition(), log.config.name(), objection.get());
    } else if (place.isPresent()) {
      log.position = place.get().offset();
      return log.position;
    }
    // What is not in a log is not in its store either: whatever a place says, it is empty now.
    return found.start();
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
    log.cut |= position < log.position;
    log.position = Math.max(position, log.position);
    log.complete = log.position >= log.end;
    writeDown(log, partition);
    EngineListener listener = worker.engine().listener();
    String store = log.config.name();
    if (log.complete) {
      listener.restored(worker.partition(), store, log.changes);
    } else if (moved) {
      listener.restoreProgress(worker.partition(), store, log.position, log.end);
    }
    return moved || log.complete;
  }

  private void writeDown(Log log, TopicPartition partition) {
    PersistentStateStore store = log.persistent;
    if (store != null && (log.complete || log.changes > log.written)) {
      log.written = log.changes;
      written(
          log,
          partition,
          "write down what is restored",
          () -> store.write(new ChangeLogPlace(log.topicId, log.next(), begun)));
    }
  }

  private interface Write {
    void run() throws Exception;
  }

  private static void written(Log log, TopicPartition partition, String what, Write write) {
    try {
      write.run();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreWriteException(log.config.name(), partition, what, e);
    }
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

  /**
   * Gives the stores to the strand.
   *
   * @param whenGone run when it has let them go
   */
  void handOver(Runnable whenGone) {
    OpenStores restored = openStores(whenGone);
    worker.post(
        strand -> {
          stores.attach(restored);
          strand.gate().release(PauseReason.RESTORING);
        });
  }

  private OpenStores openStores(Runnable whenGone) {
    List<StateStore> all = new ArrayList<>();
    List<StorePlaces.@Nullable Slot> slots = new ArrayList<>();
    logs.forEach(
        (partition, log) -> {
          all.add(log.store);
          slots.add(
              log.persistent == null
                  ? null
                  : new StorePlaces.Slot(
                      log.config, log.persistent, partition, log.topicId, log.next()));
        });
    return new OpenStores(
        all,
        persistent().isEmpty() ? null : new StorePlaces(slots, worker.engine().runtime().clock()),
        whenGone);
  }

  /** Nobody will get the stores. */
  void giveUp(Runnable whenGone) {
    openStores(whenGone).revoke();
  }

  private Log log(TopicPartition partition) {
    @Nullable Log log = logs.get(partition);
    if (log == null) {
      throw new AssertionError(partition + " is no change log of " + worker.partition());
    }
    return log;
  }
}
