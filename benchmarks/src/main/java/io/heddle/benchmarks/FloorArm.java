package io.heddle.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A poll loop, and a thread for each lane, which is {@code hash(key) % lanes}. It knows nothing of
 * offsets and commits nothing. With one lane for each of two hops it is the bare hand-off: poll
 * thread, first thread, second thread.
 */
final class FloorArm implements EngineAtWork {
  private static final int LEAST_QUEUE = 500;

  private final Consumer<String, byte[]> consumer;
  private final UserCode user;
  private final List<ThreadPoolExecutor> lanes = new ArrayList<>();
  private final @Nullable ThreadPoolExecutor firstHop;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread pollThread = new Thread(this::pollLoop, "floor-poll");
  private volatile boolean closing;

  private FloorArm(Consumer<String, byte[]> consumer, UserCode user, int lanes, boolean twoHops) {
    this.consumer = consumer;
    this.user = user;
    this.firstHop = twoHops ? single(Arm.Settings.BUFFER) : null;
    for (int lane = 0; lane < lanes; lane++) {
      this.lanes.add(single(Math.max(LEAST_QUEUE, Arm.Settings.BUFFER / lanes)));
    }
  }

  static FloorArm start(Consumer<String, byte[]> consumer, UserCode user, Arm.Settings settings) {
    return started(
        new FloorArm(consumer, user, settings.concurrency(), false), settings.load().topic());
  }

  /** A hand-off to one thread, and from that to another. */
  static FloorArm twoHops(Consumer<String, byte[]> consumer, UserCode user, Arm.Settings settings) {
    return started(new FloorArm(consumer, user, 1, true), settings.load().topic());
  }

  private static FloorArm started(FloorArm arm, String topic) {
    arm.consumer.subscribe(List.of(topic), new IgnoreRebalances());
    arm.pollThread.start();
    return arm;
  }

  /** One thread, whose submitters wait for room in its queue. */
  private static ThreadPoolExecutor single(int capacity) {
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(capacity);
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        queue,
        (task, pool) -> {
          try {
            queue.put(task);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void pollLoop() {
    try {
      while (!closing) {
        ConsumerRecords<String, byte[]> records;
        try {
          records = consumer.poll(Duration.ofMillis(100));
        } catch (WakeupException e) {
          continue;
        }
        if (firstHop != null && !records.isEmpty()) {
          firstHop.execute(() -> handOut(records));
        } else {
          handOut(records);
        }
      }
    } catch (RuntimeException | Error e) {
      failure.set(e);
    }
  }

  private void handOut(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      int lane = Math.floorMod(record.key().hashCode(), lanes.size());
      lanes.get(lane).execute(() -> call(record));
    }
  }

  private void call(ConsumerRecord<String, byte[]> record) {
    try {
      user.call(record.key(), record.partition(), record.offset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.set(e);
    }
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    consumer.wakeup();
    pollThread.join();
    lanes.forEach(ExecutorService::shutdown);
    if (firstHop != null) {
      firstHop.shutdown();
    }
    consumer.close();
  }

  private static final class IgnoreRebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}
