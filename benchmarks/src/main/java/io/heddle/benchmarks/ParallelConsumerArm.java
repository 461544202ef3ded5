package io.heddle.benchmarks;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Confluent Parallel Consumer, ordered by key, with the same commit interval as Heddle. The size of
 * its buffer is given because it would else grow to that in steps of two seconds.
 */
final class ParallelConsumerArm implements EngineAtWork {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final ParallelStreamProcessor<String, byte[]> processor;

  private ParallelConsumerArm(ParallelStreamProcessor<String, byte[]> processor) {
    this.processor = processor;
  }

  static ParallelConsumerArm of(ParallelStreamProcessor<String, byte[]> started) {
    return new ParallelConsumerArm(started);
  }

  static ParallelConsumerArm start(
      Consumer<String, byte[]> consumer, UserCode user, Arm.Settings settings) {
    if (settings.asynchronous()) {
      throw new UnsupportedOperationException(
          "pc's core calls user code that blocks; asynchronous calls need another of its modules");
    }
    ParallelConsumerOptions<String, byte[]> options =
        ParallelConsumerOptions.<String, byte[]>builder()
            .consumer(consumer)
            .ordering(ProcessingOrder.KEY)
            .maxConcurrency(settings.concurrency())
            .commitMode(CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS)
            .commitInterval(Duration.ofSeconds(1))
            .messageBufferSize(Arm.Settings.BUFFER)
            .build();
    ParallelStreamProcessor<String, byte[]> processor =
        ParallelStreamProcessor.createEosStreamProcessor(options);
    processor.subscribe(List.of(settings.load().topic()));
    processor.poll(context -> call(user, context.getSingleConsumerRecord()));
    return new ParallelConsumerArm(processor);
  }

  static void call(UserCode user, ConsumerRecord<String, byte[]> record) {
    try {
      user.call(record.key(), record.partition(), record.offset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    processor.closeDrainFirst(CLOSE_TIMEOUT);
  }
}
