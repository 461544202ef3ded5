package io.heddle.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what events forward, in the order in which they did, from one thread of its own: a send may
 * block, and a strand must not. The thread starts with the first record.
 */
final class Outputs implements Runnable {
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ThreadFactory threads;
  private final Lifecycle lifecycle;
  private final Duration closeTimeout;
  private final Monitor monitor;
  private final Queue<Output> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean idle;
  private volatile boolean closing;
  private volatile boolean over;

  Outputs(
      Supplier<Producer<byte[], byte[]>> producers,
      EngineRuntime runtime,
      Lifecycle lifecycle,
      Duration closeTimeout) {
    this.producers = producers;
    this.threads = runtime.threads();
    this.lifecycle = lifecycle;
    this.closeTimeout = closeTimeout;
    this.monitor = new Monitor(runtime);
  }

  /** Queues a record. Called on the event's strand. */
  void send(Output output) {
    queue.add(output);
    if (!started.get() && started.compareAndSet(false, true)) {
      threads.newThread(this).start();
    } else if (idle) {
      monitor.signal();
    }
    if (over) {
      refuseQueued();
    }
  }

  /** Asks the thread to send what is queued and close the producer, and waits for that. */
  void close(long deadlineNanos) throws InterruptedException {
    closing = true;
    if (!started.compareAndSet(false, true)) {
      monitor.signal();
      boolean unused = monitor.awaitUntil(() -> over, deadlineNanos);
    }
  }

  @Override
  public void run() {
    Producer<byte[], byte[]> producer = null;
    try {
      producer = producers.get();
      serve(producer);
    } catch (InterruptedException e) {
      lifecycle.fail(new InterruptException(e));
    } catch (RuntimeException | Error e) {
      lifecycle.fail(e);
      throw e;
    } finally {
      try {
        if (producer != null) {
          producer.close(lifecycle.isImmediate() ? Duration.ZERO : closeTimeout);
        }
      } finally {
        over = true;
        refuseQueued();
        monitor.signal();
      }
    }
  }

  private void serve(Producer<byte[], byte[]> producer) throws InterruptedException {
    while (true) {
      Output output = queue.poll();
      if (output != null) {
        output.transmit(producer);
      } else if (closing) {
        return;
      } else {
        idle = true;
        monitor.await(() -> closing || !queue.isEmpty());
        idle = false;
      }
    }
  }

  /** Nobody will send these: their events must know, or a drain would wait for them. */
  private void refuseQueued() {
    Output output = queue.poll();
    while (output != null) {
      output.ended(new IllegalStateException("the producer is closed"));
      output = queue.poll();
    }
  }

  /** One record on its way. Its acknowledgement arrives on a thread of the producer. */
  static final class Output {
    private final Event event;
    private final ProducerRecord<byte[], byte[]> record;
    private final boolean deadLetter;
    private final @Nullable SentChanges change;
    // Of the event's strand.
    private int attempts;

    private Output(
        Event event,
        ProducerRecord<byte[], byte[]> record,
        boolean deadLetter,
        @Nullable SentChanges change) {
      this.event = event;
      this.record = record;
      this.deadLetter = deadLetter;
      this.change = change;
    }

    /** What the event's callback has just made, some of it a change of these stores perhaps. */
    static Output of(
        Event event, ProducerRecord<byte[], byte[]> record, @Nullable PartitionStores stores) {
      return new Output(event, record, false, stores == null ? null : stores.sent(record));
    }

    static Output deadLetter(Event event, ProducerRecord<byte[], byte[]> record) {
      return new Output(event, record, true, null);
    }

    Event event() {
      return event;
    }

    String topic() {
      return record.topic();
    }

    boolean isDeadLetter() {
      return deadLetter;
    }

    int attempts() {
      return attempts;
    }

    int countAttempt() {
      return ++attempts;
    }

    private void transmit(Producer<byte[], byte[]> producer) {
      if (event.worker().isDropped()) {
        return;
      }
      try {
        Future<RecordMetadata> unused =
            producer.send(record, (metadata, failure) -> ended(noted(metadata, failure)));
      } catch (InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        ended(e);
      }
    }

    /** Tells a persistent store's change of its offset, and returns the failure. */
    private @Nullable Exception noted(
        @Nullable RecordMetadata metadata, @Nullable Exception failure) {
      if (change != null && failure == null && metadata != null) {
        if (!metadata.hasOffset()) {
          return new IllegalStateException(
              "a persistent store needs the offsets of its changes, which acks=0 does not tell");
        }
        change.acknowledged(metadata.offset());
      }
      return failure;
    }

    private void ended(@Nullable Exception failure) {
      PartitionWorker worker = event.worker();
      if (failure != null) {
        worker.post(strand -> strand.recovery().outputFailed(this, failure));
      } else if (event.acknowledged()) {
        worker.post(strand -> strand.acknowledged(event));
      }
    }
  }
}
