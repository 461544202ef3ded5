package io.heddle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.apache.kafka.clients.consumer.Consumer;

/** Who does the work. */
enum Arm {
  /** Heddle's engine. */
  HEDDLE,
  /** Confluent Parallel Consumer. */
  PC,
  /** Next to nothing: what any engine on these threads has to cost. */
  FLOOR;

  /** What all arms are told alike. */
  record Settings(Load load, int concurrency, boolean asynchronous) {
    /** Records that an arm may have taken in and not finished, for all partitions together. */
    static final int BUFFER = 10_000;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Starts to work on what the consumer gives, in which nothing is released yet. */
  EngineAtWork start(MemoryConsumer<?> consumer, UserCode user, Settings settings) {
    return switch (this) {
      case HEDDLE -> HeddleArm.start(typed(consumer), user, settings);
      case PC -> ParallelConsumerArm.start(typed(consumer), user, settings);
      case FLOOR -> FloorArm.start(typed(consumer), user, settings);
    };
  }

  /** The floor of a latency: two hops from thread to thread behind the poll. */
  static EngineAtWork twoHops(MemoryConsumer<?> consumer, UserCode user, Settings settings) {
    return FloorArm.twoHops(typed(consumer), user, settings);
  }

  /** A consumer whose keys are what this arm wants them to be: decoded once, in all arms. */
  MemoryConsumer<?> consumer(
      Load load,
      KeyNames names,
      MemoryConsumer.Settings settings,
      MemoryConsumer.CommitListener onCommit) {
    return this == HEDDLE
        ? MemoryConsumer.of(load, names, bytes -> bytes, settings, onCommit)
        : MemoryConsumer.of(load, names, bytes -> new String(bytes, UTF_8), settings, onCommit);
  }

  @SuppressWarnings("unchecked")
  private static <K> Consumer<K, byte[]> typed(MemoryConsumer<?> consumer) {
    return ((MemoryConsumer<K>) consumer).asConsumer();
  }
}
