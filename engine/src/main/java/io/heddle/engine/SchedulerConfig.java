package io.heddle.engine;

/**
 * The limits of an {@link AsyncJobScheduler}. Only {@code concurrency} is hard; crossing one of the
 * others pauses the partition that crossed it.
 *
 * @param concurrency jobs running at once, at least 1
 * @param workerQueueDepth jobs queued behind one key before intake stops, at least 1
 * @param maxConcurrentKeys keys queued or running before intake stops, at least 1
 */
public record SchedulerConfig(int concurrency, int workerQueueDepth, int maxConcurrentKeys) {
  private static final int MAX_KEYS = 10_000;

  /** Refuses limits below one. */
  public SchedulerConfig {
    Checks.atLeast(1, concurrency, "concurrency");
    Checks.atLeast(1, workerQueueDepth, "workerQueueDepth");
    Checks.atLeast(1, maxConcurrentKeys, "maxConcurrentKeys");
  }

  /** For work that keeps a processor busy: one job per processor of this machine. */
  public static SchedulerConfig compute() {
    return compute(processors());
  }

  /** For work that keeps a processor busy: one job per processor. */
  public static SchedulerConfig compute(int processors) {
    return new SchedulerConfig(processors, 1000, MAX_KEYS);
  }

  /** For calls that take about a millisecond: four per processor of this machine. */
  public static SchedulerConfig fastNetwork() {
    return fastNetwork(processors());
  }

  /** For calls that take about a millisecond: four per processor. */
  public static SchedulerConfig fastNetwork(int processors) {
    return new SchedulerConfig(4 * processors, 100, MAX_KEYS);
  }

  /** For slow calls: sixteen per processor of this machine. */
  public static SchedulerConfig slowNetwork() {
    return slowNetwork(processors());
  }

  /** For slow calls: sixteen per processor. */
  public static SchedulerConfig slowNetwork(int processors) {
    return new SchedulerConfig(16 * processors, 100, MAX_KEYS);
  }

  /** For slow calls of many keys: thirty-two per processor of this machine, and deep queues. */
  public static SchedulerConfig wideNetwork() {
    return wideNetwork(processors());
  }

  /** For slow calls of many keys: thirty-two per processor, and deep queues. */
  public static SchedulerConfig wideNetwork(int processors) {
    return new SchedulerConfig(32 * processors, 1000, MAX_KEYS);
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }
}
