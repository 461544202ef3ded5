package io.heddle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the stores of assigned partitions again, on one thread of its own that starts with the
 * first partition, with consumers of its own.
 *
 * <p>Why nothing is missed: the former owner's last commit was accepted before this member was
 * assigned the partition, and what belongs to it had been written before it was asked for. So it is
 * below the high watermark as read afterwards. The log is read {@code read_committed} up to there:
 * that waits for the marker of a transaction whose offsets are committed already while its marker
 * is still on the way to the change log, and never shows what was aborted.
 */
final class Restorer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PAUSE_NANOS = 100_000_000;

  /** After so many polls without progress it is asked whether the log has become shorter. */
  private static final int PATIENCE = 10;

  private final KafkaClients clients;
  private final EventSourceConfig config;
  private final List<StoreHandle<?>> handles;
  private final EngineRuntime runtime;
  private final Lifecycle lifecycle;
  private final PollWaker waker;
  private final Monitor monitor;
  private final Queue<PartitionRestore> requests = new ConcurrentLinkedQueue<>();
  private final Queue<PartitionWorker> restored = new ConcurrentLinkedQueue<>();

  /** Partitions of which a persistent store is open: nobody opens it twice. */
  private final Set<TopicPartition> open = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean closing;
  private volatile boolean over;

  Restorer(
      KafkaClients clients,
      EventSourceConfig config,
      List<StoreHandle<?>> handles,
      EngineRuntime runtime,
      Lifecycle lifecycle,
      PollWaker waker) {
    this.clients = clients;
    this.config = config;
    this.handles = handles;
    this.runtime = runtime;
    this.lifecycle = lifecycle;
    this.waker = waker;
    this.monitor = new Monitor(runtime);
  }

  /** Restores the stores of a partition whose committed offset is known. Poll thread only. */
  void restore(PartitionWorker worker, PartitionStores stores) {
    requests.add(new PartitionRestore(worker, stores));
    if (started.compareAndSet(false, true)) {
      runtime.threads().newThread(this).start();
    } else {
      monitor.signal();
    }
  }

  /** The next partition whose stores have been handed over, or null. Poll thread only. */
  @Nullable PartitionWorker nextRestored() {
    return restored.poll();
  }

  /**
   * Ends the thread, and waits for that, and until the strands have let go of persistent stores.
   */
  void close(long deadlineNanos) throws InterruptedException {
    closing = true;
    if (!started.compareAndSet(false, true)) {
      monitor.signal();
      boolean unused =
          monitor.awaitUntil(
              () -> over && (open.isEmpty() || lifecycle.isImmediate()), deadlineNanos);
    }
  }

  /** The stores of this partition have been let go. Any thread. */
  private void gone(TopicPartition partition) {
    if (open.remove(partition)) {
      monitor.signal();
    }
  }

  @Override
  public void run() {
    try (Consumer<byte[], byte[]> reader = consumer(IsolationLevel.READ_COMMITTED);
        Consumer<byte[], byte[]> ends = consumer(IsolationLevel.READ_UNCOMMITTED)) {
      ChangeLogs changeLogs = new ChangeLogs(config, clients, handles, this::insist);
      new Session(reader, ends, changeLogs).serve();
    } catch (GivenUpException e) {
      LOG.debug("The source closed while its stores were being restored", e);
    } catch (InterruptedException e) {
      lifecycle.fail(new InterruptException(e));
    } catch (RuntimeException e) {
      lifecycle.fail(e);
    } catch (Error e) {
      lifecycle.fail(e);
      throw e;
    } finally {
      over = true;
      monitor.signal();
    }
  }

  private Consumer<byte[], byte[]> consumer(IsolationLevel isolation) {
    return clients.restoreConsumers().orElseThrow().apply(isolation);
  }

  /** Makes a call until it has an answer, or nobody waits for that any more. */
  private <T> T insist(Supplier<T> call) {
    while (true) {
      if (closing || lifecycle.isImmediate()) {
        throw new GivenUpException();
      }
      try {
        return call.get();
      } catch (RetriableException e) {
        LOG.debug("A call about change logs had no answer and is made again", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      boolean unused =
          monitor.awaitUntil(() -> closing, runtime.nanoTime().getAsLong() + PAUSE_NANOS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Says that nobody waits for the answer any more. */
  private static final class GivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What exists only together with the consumers. */
  private final class Session {
    private final Consumer<byte[], byte[]> reader;
    private final Consumer<byte[], byte[]> tails;
    private final ChangeLogs changeLogs;
    private final List<PartitionRestore> waiting = new ArrayList<>();
    private final List<PartitionRestore> active = new ArrayList<>();
    private int partitions;
    private int pollsInVain;

    Session(
        Consumer<byte[], byte[]> reader, Consumer<byte[], byte[]> tails, ChangeLogs changeLogs) {
      this.reader = reader;
      this.tails = tails;
      this.changeLogs = changeLogs;
    }

    void serve() throws InterruptedException {
      try {
        while (!closing && !lifecycle.isImmediate()) {
          dropVain();
          takeRequests();
          if (active.isEmpty()) {
            monitor.await(
                () -> closing || !requests.isEmpty() || waiting.stream().anyMatch(this::mayOpen));
          } else {
            step();
          }
        }
      } finally {
        active.forEach(this::giveUp);
      }
    }

    private void giveUp(PartitionRestore restore) {
      restore.giveUp(() -> gone(restore.worker().partition()));
    }

    private boolean mayOpen(PartitionRestore restore) {
      return !open.contains(restore.worker().partition());
    }

    private void dropVain() {
      List<PartitionRestore> vain = active.stream().filter(PartitionRestore::isVain).toList();
      vain.forEach(this::giveUp);
      if (active.removeAll(vain)) {
        assign();
      }
    }

    private void takeRequests() {
      for (PartitionRestore next = requests.poll(); next != null; next = requests.poll()) {
        waiting.add(next);
      }
      waiting.removeIf(PartitionRestore::isVain);
      List<PartitionRestore> fresh = waiting.stream().filter(this::mayOpen).toList();
      waiting.removeAll(fresh);
      if (fresh.isEmpty()) {
        return;
      }
      if (fresh.stream().anyMatch(each -> each.worker().partition().partition() >= partitions)) {
        // The first one, or the topic has grown: then its change logs have to have grown, too.
        partitions = changeLogs.prepare(reader);
      }
      Set<TopicPartition> logs = new LinkedHashSet<>();
      fresh.forEach(restore -> logs.addAll(restore.changeLogs()));
      Map<TopicPartition, Long> ends = insist(() -> tails.endOffsets(logs, config.commitTimeout()));
      for (PartitionRestore restore : fresh) {
        active.add(restore);
        restore.open(ends);
        if (!restore.persistent().isEmpty()) {
          open.add(restore.worker().partition());
        }
      }
      assign();
      reader.seekToBeginning(logs);
      for (PartitionRestore restore : fresh) {
        if (!restore.persistent().isEmpty()) {
          resume(restore, ends);
        }
      }
    }

    /** Reads what is left to be read. */
    private void assign() {
      Set<TopicPartition> wanted = new LinkedHashSet<>();
      for (PartitionRestore restore : active) {
        for (TopicPartition log : restore.opened()) {
          if (!restore.isComplete(log)) {
            wanted.add(log);
          }
        }
      }
      reader.assign(wanted);
    }

    /** Goes on where persistent stores are. */
    private void resume(PartitionRestore restore, Map<TopicPartition, Long> ends) {
      List<TopicPartition> logs = restore.persistent();
      Map<TopicPartition, Long> starts =
          insist(() -> tails.beginningOffsets(logs, config.commitTimeout()));
      Map<String, ChangeLogs.Details> details =
          changeLogs.details(handles.stream().map(StoreHandle::config).toList());
      for (TopicPartition log : logs) {
        ChangeLogs.Details known = details.get(log.topic());
        Long start = starts.get(log);
        Long end = ends.get(log);
        if (known == null || start == null || end == null) {
          throw new AssertionError("nobody knows what there is of " + log);
        }
        reader.seek(
            log,
            restore.resume(
                log, new Resumption(known.topicId(), start, end, known.tombstonesKept())));
      }
    }

    private void step() {
      ConsumerRecords<byte[], byte[]> records = insist(() -> reader.poll(POLL));
      boolean progress = false;
      for (PartitionRestore restore : active) {
        for (TopicPartition log : restore.opened()) {
          if (!restore.isComplete(log)) {
            restore.receive(log, records.records(log));
            progress |= restore.reached(log, insist(() -> reader.position(log, POLL)));
          }
        }
      }
      pollsInVain = progress ? 0 : pollsInVain + 1;
      if (pollsInVain >= PATIENCE) {
        pollsInVain = 0;
        lookForShorterLogs();
      }
      finish();
    }

    /** A log that lost its tail would never be read to where it ended. */
    private void lookForShorterLogs() {
      for (PartitionRestore restore : active) {
        Map<TopicPartition, Long> ends =
            insist(() -> tails.endOffsets(restore.opened(), config.commitTimeout()));
        ends.forEach(restore::endsAt);
      }
    }

    private void finish() {
      boolean any = false;
      for (PartitionRestore restore : List.copyOf(active)) {
        if (restore.isComplete()) {
          active.remove(restore);
          restore.handOver(() -> gone(restore.worker().partition()));
          restored.add(restore.worker());
          any = true;
        }
      }
      if (any) {
        assign();
        waker.wake();
      }
    }
  }
}
