package io.heddle.benchmarks;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One round: an arm is started, does a load, and is closed; then it is judged what it did. A round
 * that breaks a promise has no figure, but throws a {@link ViolationException}.
 */
final class Round {
  private static final long COMMIT_NANOS = 2_000_000;
  private static final long CHURN_NANOS = 150_000_000;
  private static final long TOY_CHURN_NANOS = 40_000_000;
  private static final long PATIENCE_SECONDS = 60;

  private final Workload workload;
  private final Arm arm;
  private final boolean toy;
  private final Load load;
  private final KeyNames names;

  Round(Workload workload, Arm arm, boolean toy) {
    this.workload = workload;
    this.arm = arm;
    this.toy = toy;
    this.load = workload.load(arm, toy);
    this.names = new KeyNames(load.keys());
  }

  /** The figure of this round, in the workload's unit. */
  double run() throws Exception {
    return switch (workload) {
      case HOT_KEY, KEYS_10K, KEYS_10K_1MS, KEYS_20_1MS -> capacity();
      case PACED_1K -> latency();
      case CHURN -> churn();
      case EOS -> throw new UnsupportedOperationException("eos has rounds of its own");
    };
  }

  private double capacity() throws Exception {
    StrictLedger ledger = new StrictLedger(load, names);
    run(ledger, calm(), false, consumer -> consumer.release(load.records()));
    return ledger.rate();
  }

  private double latency() throws Exception {
    Pacer pacer = new Pacer(load);
    LatencyLedger ledger = new LatencyLedger(new StrictLedger(load, names), load, pacer);
    run(ledger, calm(), false, pacer::run);
    return ledger.medianMicros();
  }

  /** Heddle in both ways in which user code can end. */
  private double churn() throws Exception {
    double overlaps = churn(false);
    return arm == Arm.HEDDLE ? overlaps + churn(true) : overlaps;
  }

  private double churn(boolean asynchronous) throws Exception {
    ChurnLedger ledger = new ChurnLedger(load, names);
    AtomicBoolean early = new AtomicBoolean();
    MemoryConsumer<?> consumer =
        arm.consumer(
            load,
            names,
            new MemoryConsumer.Settings(COMMIT_NANOS, toy ? TOY_CHURN_NANOS : CHURN_NANOS),
            (partition, offset) -> {
              if (!ledger.isDoneBefore(partition, offset)) {
                early.set(true);
              }
            });
    run(ledger, consumer, asynchronous, it -> it.release(load.records()));
    if (consumer.rebalances() == 0) {
      throw new ViolationException("no rebalance befell it");
    }
    boolean broken = early.get() || ledger.overlaps() > 0 || ledger.disorder() > 0;
    String seen =
        "%d calls while their key was busy, %d out of order, %d repeated, %s"
            .formatted(
                ledger.overlaps(),
                ledger.disorder(),
                ledger.repeats(),
                early.get() ? "a commit passed what was not done" : "commits in order");
    if (broken && arm == Arm.HEDDLE) {
      throw new ViolationException(seen);
    }
    System.err.println(workload.label() + " " + arm.label() + ": " + seen);
    return ledger.overlaps();
  }

  private MemoryConsumer<?> calm() {
    return arm.consumer(
        load, names, new MemoryConsumer.Settings(COMMIT_NANOS, 0), (partition, offset) -> {});
  }

  private interface Feed {
    void to(MemoryConsumer<?> consumer) throws InterruptedException;
  }

  private void run(Ledger ledger, MemoryConsumer<?> consumer, boolean asynchronous, Feed feed)
      throws Exception {
    Arm.Settings settings = new Arm.Settings(load, workload.concurrency(), asynchronous);
    try (UserCode user = new UserCode(ledger, workload.workMillis(toy))) {
      try (EngineAtWork engine = start(consumer, user, settings)) {
        feed.to(consumer);
        boolean done = ledger.await(PATIENCE_SECONDS);
        if (engine.failure().isPresent()) {
          throw new ViolationException("it failed: " + engine.failure().get());
        }
        if (!done) {
          throw new ViolationException("not done after %d s".formatted(PATIENCE_SECONDS));
        }
      }
    }
    ledger.check();
    // pc, as it closes, may leave its last commit out; that is its own affair.
    if (arm == Arm.HEDDLE && !consumer.isAllCommitted()) {
      throw new ViolationException("closed, but not all that is done was committed");
    }
  }

  private EngineAtWork start(MemoryConsumer<?> consumer, UserCode user, Arm.Settings settings) {
    return arm == Arm.FLOOR && workload == Workload.PACED_1K
        ? Arm.twoHops(consumer, user, settings)
        : arm.start(consumer, user, settings);
  }
}
