package io.heddle.simulator.client;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.metrics.stats.Rate;

/** What the application waits for in a producer, and the buffer for which it may have to. */
final class ProducerWaits {
  /** Calls whose times are summed up. */
  enum Call {
    FLUSH("flush"),
    TXN_INIT("initTransactions"),
    TXN_BEGIN("beginTransaction"),
    TXN_SEND_OFFSETS("sendOffsetsToTransaction"),
    TXN_COMMIT("commitTransaction"),
    TXN_ABORT("abortTransaction");

    private final String method;

    Call(String method) {
      this.method = method;
    }
  }

  private final ClientMetrics metrics;
  private final MetricGroup untilClosed;
  private final Map<Call, MetricSensor> calls = new EnumMap<>(Call.class);
  private final MetricSensor metadata;
  private final MetricSensor memory;
  private final MetricSensor exhausted;
  private int waitingForMemory;

  /**
   * Of a producer that is not waited for.
   *
   * @param allocated how much of the buffer is taken
   * @param heardAgoNanos how long ago the cluster was last heard of
   */
  ProducerWaits(
      ClientMetrics metrics,
      long bufferBytes,
      LongSupplier allocated,
      Supplier<OptionalLong> heardAgoNanos) {
    this.metrics = metrics;
    this.untilClosed = metrics.group("producer-metrics");
    for (Call call : Call.values()) {
      calls.put(
          call,
          untilClosed
              .sensor()
              .total(
                  call.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-time-ns-total",
                  "Total time producer has spent in " + call.method + " in nanoseconds."));
    }
    this.metadata =
        untilClosed
            .sensor()
            .total(
                "metadata-wait-time-ns-total",
                "Total time producer has spent waiting on topic metadata in nanoseconds.");
    MetricGroup group = metrics.group("producer-metrics");
    group.measure(
        "metadata-age",
        "The age in seconds of the current producer metadata being used.",
        // To kafka-clients, what was never heard of is as old as the epoch.
        (config, now) -> {
          OptionalLong ago = heardAgoNanos.get();
          return (ago.isPresent() ? ago.getAsLong() / 1_000_000 : now) / 1000.0;
        });
    group.measure(
        "buffer-total-bytes",
        "The maximum amount of buffer memory the client can use (whether or not it is currently"
            + " used).",
        (config, now) -> bufferBytes);
    group.measure(
        "buffer-available-bytes",
        "The total amount of buffer memory that is not being used (either unallocated or in the"
            + " free list).",
        (config, now) -> Math.max(0, bufferBytes - allocated.getAsLong()));
    group.measure(
        "waiting-threads",
        "The number of user threads blocked waiting for buffer memory to enqueue their records",
        (config, now) -> waitingForMemory);
    this.memory =
        group
            .sensor()
            .with(
                "bufferpool-wait-ratio",
                "The fraction of time an appender waits for space allocation.",
                new Rate(TimeUnit.NANOSECONDS))
            .total(
                "bufferpool-wait-time-ns-total",
                "The total time in nanoseconds an appender waits for space allocation.");
    this.exhausted =
        group
            .sensor()
            .rate(
                "buffer-exhausted-rate",
                "The average per-second number of record sends that are dropped due to buffer"
                    + " exhaustion")
            .total(
                "buffer-exhausted-total",
                "The total number of record sends that are dropped due to buffer exhaustion");
  }

  void took(Call call, long nanos) {
    MetricSensor sensor = calls.get(call);
    if (sensor != null) {
      sensor.record(nanos);
    }
  }

  void awaitedMetadata(long nanos) {
    metadata.record(nanos);
  }

  /** Waits once for memory, in the time of that clock. */
  void awaitMemory(Runnable wait, LongSupplier nanoTime) {
    long began = nanoTime.getAsLong();
    waitingForMemory++;
    try {
      wait.run();
    } finally {
      waitingForMemory--;
      memory.record(nanoTime.getAsLong() - began);
    }
  }

  /** It has waited in vain. */
  void exhausted() {
    exhausted.record(1);
  }

  /** The producer has been closed, of which kafka-clients leaves what it has sent. */
  void closed() {
    untilClosed.remove();
    metrics.closed();
  }
}
