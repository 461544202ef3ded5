package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The application under test.
 *
 * @param commits when a member commits, and how
 * @param flow how much of a partition may be under way
 * @param poll how long a member's poll waits for records at most
 * @param exactlyOnce how outputs are written and offsets committed in transactions, if they are
 * @param store which of its records have been applied, for each key, if it has one
 * @param producerConfig settings of Kafka's producer by Kafka's names, in alphabetical order, for
 *     the producer with which a member writes its outputs or its store's changes
 * @param work what some modes have of their own, and what is done beside the records
 */
public record Engine(
    Mode mode,
    Scheduler scheduler,
    Commits commits,
    Drain drain,
    Flow flow,
    Duration poll,
    Optional<ExactlyOnce> exactlyOnce,
    Optional<Store> store,
    SortedMap<String, String> producerConfig,
    Work work) {
  /** How long a poll waits where nothing is said of it. */
  public static final Duration POLL = Duration.ofMillis(100);

  /** The scheduler with its default settings; commits twice a second. */
  public static final Engine DEFAULT =
      new Engine(Mode.SCHEDULER, Scheduler.DEFAULT, Commits.DEFAULT.every(), Drain.DEFAULT);

  /** Refuses an interval of nothing, and parts that do not go together. */
  public Engine {
    Require.positive("poll.timeout", poll);
    Require.that(
        exactlyOnce.isEmpty() || store.filter(each -> !each.guard()).isEmpty(),
        "store.guard must not be false with exactly-once, which cannot do without");
    boolean leavesNothingOut =
        exactlyOnce.isPresent() || store.isPresent() || work.outputs().isPresent();
    work.onFailure().ifPresent(each -> check(each, mode, leavesNothingOut));
    work.onUndecodable().ifPresent(each -> checkUndecodable(each, leavesNothingOut));
    work.patience().jobDeadline().ifPresent(each -> check("job-deadline", each, leavesNothingOut));
    work.patience().giveUp().ifPresent(each -> check("give-up", each, leavesNothingOut));
    producerConfig = MemberProducer.checked("producer-config", producerConfig);
    Require.that(
        producerConfig.isEmpty()
            || exactlyOnce.isPresent()
            || store.isPresent()
            || work.outputs().isPresent(),
        "producer-config needs exactly-once, outputs or store; without them a member has no"
            + " producer");
    Require.that(
        exactlyOnce.isEmpty() || work.outputs().isEmpty(),
        "outputs must not be given beside exactly-once, which has an output of its own");
  }

  /** The topic of the outputs, in transactions or not, if there are any. */
  public Optional<String> outputTopic() {
    return exactlyOnce.map(ExactlyOnce::output).or(() -> work.outputs().map(Outputs::topic));
  }

  /** How many partitions that topic has; 0 without one. */
  public int outputPartitions() {
    return exactlyOnce
        .map(ExactlyOnce::partitions)
        .or(() -> work.outputs().map(Outputs::partitions))
        .orElse(0);
  }

  /** The topic of the changes of its store, if it has one. */
  public Optional<String> changeLog() {
    return store.map(Store::changeLog);
  }

  private static void check(OnFailure onFailure, Mode mode, boolean leavesNothingOut) {
    Require.that(
        onFailure.then() != OnFailure.Then.FINALIZER || mode.hasScheduler(),
        "on-failure.then finalizer needs a mode with a scheduler (scheduler, scheduler-async,"
            + " chained), was with "
            + mode.label());
    checkThen("on-failure.then must be finalizer,", onFailure.then(), leavesNothingOut);
  }

  private static void checkUndecodable(OnFailure onUndecodable, boolean leavesNothingOut) {
    Require.that(
        onUndecodable.then() != OnFailure.Then.FINALIZER,
        "on-undecodable.then must not be finalizer: no scheduler has had the record");
    checkThen("on-undecodable.then must be", onUndecodable.then(), leavesNothingOut);
  }

  private static void check(String field, Patience.Limit limit, boolean leavesNothingOut) {
    checkThen("patience." + field + ".then must be", limit.then(), leavesNothingOut);
  }

  /** What is left out has no output and is not in the store, and that must not pass for a loss. */
  private static void checkThen(String must, OnFailure.Then then, boolean leavesNothingOut) {
    Require.that(
        !leavesNothingOut || !then.leavesOut(),
        must + " stop-partition or stop with exactly-once, outputs or store, was " + then.label());
  }

  /** Delivers at least once. */
  public Engine(Mode mode, Scheduler scheduler, Duration commitEvery, Drain drain) {
    this(
        mode,
        scheduler,
        Commits.DEFAULT.withEvery(commitEvery),
        drain,
        Flow.DEFAULT,
        POLL,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        Work.DEFAULT);
  }

  /** The topics of dead letters, if there are any. */
  public NavigableSet<String> deadLetters() {
    NavigableSet<String> topics = new TreeSet<>();
    work.onFailure().flatMap(OnFailure::topic).ifPresent(topics::add);
    work.onUndecodable().flatMap(OnFailure::topic).ifPresent(topics::add);
    work.patience().limits().forEach(limit -> limit.topic().ifPresent(topics::add));
    return topics;
  }

  /** The same in another mode. */
  public Engine withMode(Mode value) {
    return new Engine(
        value, scheduler, commits, drain, flow, poll, exactlyOnce, store, producerConfig, work);
  }

  /** The same with other limits of the scheduler. */
  public Engine withScheduler(Scheduler value) {
    return new Engine(
        mode, value, commits, drain, flow, poll, exactlyOnce, store, producerConfig, work);
  }

  /** The same, committing in another way. */
  public Engine withCommits(Commits value) {
    return new Engine(
        mode, scheduler, value, drain, flow, poll, exactlyOnce, store, producerConfig, work);
  }

  /** The same with another answer to a revocation. */
  public Engine withDrain(Drain value) {
    return new Engine(
        mode, scheduler, commits, value, flow, poll, exactlyOnce, store, producerConfig, work);
  }

  /** The same with so much of a partition under way. */
  public Engine withFlow(Flow value) {
    return new Engine(
        mode, scheduler, commits, drain, value, poll, exactlyOnce, store, producerConfig, work);
  }

  /** The same with polls that wait so long. */
  public Engine withPoll(Duration value) {
    return new Engine(
        mode, scheduler, commits, drain, flow, value, exactlyOnce, store, producerConfig, work);
  }

  /** The same, delivering exactly once. */
  public Engine withExactlyOnce(ExactlyOnce value) {
    return new Engine(
        mode,
        scheduler,
        commits,
        drain,
        flow,
        poll,
        Optional.of(value),
        store,
        producerConfig,
        work);
  }

  /** The same, delivering at least once; without settings of a producer that there is no more. */
  public Engine withoutExactlyOnce() {
    return new Engine(
        mode,
        scheduler,
        commits,
        drain,
        flow,
        poll,
        Optional.empty(),
        store,
        store.isPresent() || work.outputs().isPresent() ? producerConfig : new TreeMap<>(),
        work);
  }

  /** The same with another batcher, other stages, interjections or outputs. */
  public Engine withWork(Work value) {
    return new Engine(
        mode, scheduler, commits, drain, flow, poll, exactlyOnce, store, producerConfig, value);
  }

  /** The same with other settings of the members' producer. */
  public Engine withProducerConfig(SortedMap<String, String> settings) {
    return new Engine(
        mode, scheduler, commits, drain, flow, poll, exactlyOnce, store, settings, work);
  }

  /**
   * The same, with this store, or without one and the settings of a producer that there is no more.
   */
  public Engine withStore(Optional<Store> value) {
    return new Engine(
        mode,
        scheduler,
        commits,
        drain,
        flow,
        poll,
        exactlyOnce,
        value,
        outputTopic().isPresent() || value.isPresent() ? producerConfig : new TreeMap<>(),
        work);
  }

  /**
   * Each record is answered by one output, which becomes visible together with its offset.
   *
   * @param output the topic of outputs, which the runner makes and nobody consumes
   * @param partitions how many it has
   * @param batchDelay how long a transaction is open for more
   * @param targetSize events and outputs at which it is committed at once
   * @param maxSize events and outputs complete and not committed at which intake stops
   * @param timeout after which the coordinator aborts a transaction
   */
  public record ExactlyOnce(
      String output,
      int partitions,
      Duration batchDelay,
      int targetSize,
      int maxSize,
      Duration timeout) {
    /** The engine's own defaults, and ten seconds for a transaction. */
    public static final ExactlyOnce DEFAULT =
        new ExactlyOnce("outputs", 3, Duration.ofMillis(10), 1_000, 10_000, Duration.ofSeconds(10));

    /** Refuses what the engine or Kafka would refuse. */
    public ExactlyOnce {
      Require.name("output", output);
      Require.between("partitions", partitions, 1, 1_000);
      Require.positive("batch-delay", batchDelay);
      Require.between("target-size", targetSize, 1, 1_000_000);
      Require.between("max-size", maxSize, targetSize, 1_000_000_000);
      Require.positive("timeout", timeout);
      Require.that(
          timeout.compareTo(Duration.ofMinutes(15)) <= 0,
          "timeout must be at most 15m, as brokers have it, was " + Units.format(timeout));
    }
  }

  /** How records are worked on. */
  public enum Mode {
    /** The key-ordered scheduler, with blocking handlers on its workers. */
    SCHEDULER,
    /** The key-ordered scheduler, with handlers that return a future. */
    SCHEDULER_ASYNC,
    /** Records in batches, which are worked on at once, with a blocking call. */
    BATCHER,
    /** Records in batches, with a call that returns a future. */
    BATCHER_ASYNC,
    /** Several schedulers, one behind the other: the finalizer of each gives the record on. */
    CHAINED,
    /** Work on every record starts at once, whatever its key: order is not kept. */
    NAIVE,
    /** One record after the other, on the partition's own strand. */
    SYNC;

    /** Whether records go through key-ordered schedulers, which have limits. */
    public boolean hasScheduler() {
      return this == SCHEDULER || this == SCHEDULER_ASYNC || this == CHAINED;
    }

    /** Whether records go through a batcher, which has limits. */
    public boolean hasBatcher() {
      return this == BATCHER || this == BATCHER_ASYNC;
    }

    /** The name in files, such as {@code scheduler-async}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The limits of the key-ordered scheduler.
   *
   * @param concurrency how many keys are worked on at once
   * @param queueDepth how many records of one key wait before intake stops
   * @param maxKeys how many keys are queued or worked on before intake stops
   */
  public record Scheduler(int concurrency, int queueDepth, int maxKeys) {
    /** The preset {@code default}. */
    public static final Scheduler DEFAULT = new Scheduler(4, 1_000, 10_000);

    /** Refuses limits below 1. */
    public Scheduler {
      Require.between("concurrency", concurrency, 1, 1_000_000);
      Require.between("queue-depth", queueDepth, 1, 1_000_000_000);
      Require.between("max-keys", maxKeys, 1, 1_000_000_000);
    }
  }

  /**
   * What becomes of accepted records when a partition is revoked or a member closes.
   *
   * @param timeout how long that may take
   */
  public record Drain(Policy policy, Duration timeout) {
    /** Finish what has started, for up to five seconds. */
    public static final Drain DEFAULT = new Drain(Policy.STARTED, Duration.ofSeconds(5));

    /** Refuses a negative time-out. */
    public Drain {
      Require.notNegative("drain.timeout", timeout);
    }

    /** Which records are finished. */
    public enum Policy {
      /**
       * Those whose work has started; those that wait are dropped, and read again by the next
       * owner.
       */
      STARTED,
      /** All that were accepted. */
      ACCEPTED;

      /** The name in files: {@code started}, {@code accepted}. */
      public String label() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}
