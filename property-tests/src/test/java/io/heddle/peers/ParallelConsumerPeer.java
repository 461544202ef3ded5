package io.heddle.peers;

import io.confluent.parallelconsumer.PCRetriableException;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelEoSStreamProcessor;
import io.confluent.parallelconsumer.internal.PCModule;
import io.confluent.parallelconsumer.internal.ProducerWrapper;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.run.Peer;
import io.heddle.scenarios.run.PeerTask;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent Parallel Consumer, ordered by key. Its threads are its own, so it runs in real time;
 * they belong to a group, so that those of a life that has crashed can be ended.
 */
final class ParallelConsumerPeer implements Peer {
  private static final Duration BACK_OFF = Duration.ofMillis(5);

  /** What it has for itself where the scenario says nothing. */
  private static final int CONCURRENCY = 16;

  private final PeerTask task;
  private final CommitMode commits;
  private final ThreadGroup threads;
  private volatile @Nullable ParallelEoSStreamProcessor<String, byte[]> processor;
  private volatile boolean stopping;
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  /**
   * @param commits how it commits where there are no outputs
   */
  ParallelConsumerPeer(PeerTask task, CommitMode commits) {
    this.task = task;
    this.commits = commits;
    this.threads = new ThreadGroup("parallel-consumer-" + task.process());
  }

  @Override
  public void start() {
    // Its threads are made by this one, and belong to its group.
    new Thread(threads, this::begin, "start").start();
  }

  private void begin() {
    try {
      ParallelConsumerOptions<String, byte[]> options = options();
      ParallelEoSStreamProcessor<String, byte[]> made =
          new ParallelEoSStreamProcessor<>(options, new Module(options));
      made.subscribe(task.topics());
      if (task.makesOutputs()) {
        made.pollAndProduce(
            context -> {
              work(context.getSingleConsumerRecord());
              return task.output(context.getSingleConsumerRecord());
            },
            acknowledged -> task.completed(acknowledged.getIn().getSingleConsumerRecord()));
      } else {
        made.poll(
            context -> {
              work(context.getSingleConsumerRecord());
              task.completed(context.getSingleConsumerRecord());
            });
      }
      processor = made;
    } catch (Throwable thrown) {
      failure = thrown;
      over = true;
    }
  }

  private void work(ConsumerRecord<String, byte[]> record) {
    try {
      task.work(record);
    } catch (PeerTask.WorkFailedException again) {
      throw new PCRetriableException(again.getMessage());
    }
  }

  private ParallelConsumerOptions<String, byte[]> options() {
    Engine engine = task.scenario().engine();
    boolean scheduled =
        switch (engine.mode()) {
          case SCHEDULER, SCHEDULER_ASYNC, CHAINED -> true;
          case BATCHER, BATCHER_ASYNC, NAIVE, SYNC -> false;
        };
    var options =
        ParallelConsumerOptions.<String, byte[]>builder()
            .consumer(task.consumer(StringDeserializer.class))
            .ordering(ProcessingOrder.KEY)
            .maxConcurrency(scheduled ? engine.scheduler().concurrency() : CONCURRENCY)
            .retryDelayProvider(record -> BACK_OFF);
    if (task.makesOutputs()) {
      return options
          .producer(task.transactionalProducer(StringSerializer.class))
          .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER)
          .build();
    }
    return options.commitMode(commits).commitInterval(engine.commits().every()).build();
  }

  @Override
  public void stop() {
    stopping = true;
    new Thread(threads, this::close, "stop").start();
  }

  private void close() {
    ParallelEoSStreamProcessor<String, byte[]> known = processor;
    try {
      if (known != null && !known.isClosedOrFailed()) {
        known.closeDrainFirst();
      }
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      over = true;
    }
  }

  @Override
  public boolean isOver() {
    return over || (!stopping && hasStopped());
  }

  private boolean hasStopped() {
    ParallelEoSStreamProcessor<String, byte[]> known = processor;
    return known != null && known.isClosedOrFailed();
  }

  @Override
  public Optional<Throwable> failure() {
    ParallelEoSStreamProcessor<String, byte[]> known = processor;
    Throwable thrown = failure;
    if (thrown == null && known != null) {
      thrown = known.getFailureCause();
    }
    return Optional.ofNullable(thrown);
  }

  /** The run is over: ends what is left of it. */
  void kill() {
    threads.interrupt();
  }

  /**
   * It asks kafka-clients' own producer by reflection how far a transaction is. Ours is asked
   * instead what it was told to do.
   */
  private static final class Module extends PCModule<String, byte[]> {
    private @Nullable ProducerWrapper<String, byte[]> wrapper;

    Module(ParallelConsumerOptions<String, byte[]> options) {
      super(options);
    }

    @Override
    protected ProducerWrapper<String, byte[]> producerWrap() {
      ProducerWrapper<String, byte[]> known = wrapper;
      if (known == null) {
        known = new WatchedProducer(options());
        wrapper = known;
      }
      return known;
    }
  }
}
