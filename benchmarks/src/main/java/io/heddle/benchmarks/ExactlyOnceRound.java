package io.heddle.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One round of the workload eos: each record of a topic becomes one of another, exactly once. Its
 * figure is a rate, from the first user call to the moment at which a reader of committed records
 * has seen the last output.
 */
final class ExactlyOnceRound {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long PATIENCE_SECONDS = 60;

  private final Arm arm;
  private final RealCluster cluster;
  private final Load load;
  private final String output;
  private final String group;
  private final KeyNames names;

  ExactlyOnceRound(Arm arm, String address, boolean toy) {
    int number = NUMBER.incrementAndGet();
    Load full = Workload.EOS.load(arm, toy);
    this.arm = arm;
    this.cluster = new RealCluster(address);
    this.load =
        new Load("in-" + number, full.partitions(), full.keys(), full.records(), full.even());
    this.output = "out-" + number;
    this.group = "group-" + number;
    this.names = new KeyNames(load.keys());
  }

  /** Records a second. */
  double run() throws Exception {
    cluster.createTopics(load.partitions(), load.topic(), output);
    cluster.fill(load, names);
    StrictLedger ledger = new StrictLedger(load, names);
    OutputReader reader = new OutputReader(cluster, output, load).start();
    try (reader) {
      try (UserCode user = new UserCode(ledger, 0);
          EngineAtWork engine = start(user)) {
        boolean done = ledger.await(PATIENCE_SECONDS) && reader.await(PATIENCE_SECONDS);
        if (engine.failure().isPresent()) {
          throw new ViolationException("it failed: " + engine.failure().get());
        }
        if (!done) {
          throw new ViolationException("not done after %d s".formatted(PATIENCE_SECONDS));
        }
      }
    }
    ledger.check();
    reader.check();
    checkOffsets();
    double rate = load.records() * 1e9 / (reader.endNanos() - ledger.startNanos());
    cluster.deleteTopics(load.topic(), output);
    return rate;
  }

  private EngineAtWork start(UserCode user) {
    Arm.Settings settings = new Arm.Settings(load, Workload.EOS.concurrency(), false);
    ExactlyOnceJob job = new ExactlyOnceJob(cluster, group, output, user, settings);
    return switch (arm) {
      case HEDDLE -> job.startHeddle();
      case PC -> job.startParallelConsumer();
      case FLOOR -> throw new UnsupportedOperationException("the floor commits nothing");
    };
  }

  private void checkOffsets() throws Exception {
    List<Long> committed = cluster.committed(group, load);
    for (int partition = 0; partition < load.partitions(); partition++) {
      if (committed.get(partition) != load.end(partition)) {
        throw new ViolationException(
            "partition %d was committed to %d of %d"
                .formatted(partition, committed.get(partition), load.end(partition)));
      }
    }
  }
}
