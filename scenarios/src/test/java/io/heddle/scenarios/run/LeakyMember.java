package io.heddle.scenarios.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A poll loop that begins late; where it is told a negative time, it commits nothing. */
final class LeakyMember implements Peer {
  private final PeerTask task;
  private final LongSupplier nanos;
  private boolean stopping;
  private boolean over;

  LeakyMember(PeerTask task, LongSupplier nanos) {
    this.task = task;
    this.nanos = nanos;
  }

  @Override
  public void start() {
    long late = nanos.getAsLong();
    task.sleep(Math.abs(late));
    try (Consumer<byte[], byte[]> consumer = task.consumer(ByteArrayDeserializer.class)) {
      consumer.subscribe(task.topics());
      while (!stopping) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          work(record);
        }
        if (late > 0) {
          consumer.commitSync();
        }
      }
    }
    over = true;
  }

  private void work(ConsumerRecord<byte[], byte[]> record) {
    try {
      task.work(record);
      task.completed(record);
    } catch (PeerTask.WorkFailedException drawn) {
      throw new AssertionError("the scenario has no failures", drawn);
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.empty();
  }
}
