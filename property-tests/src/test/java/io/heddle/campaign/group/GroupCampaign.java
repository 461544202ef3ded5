package io.heddle.campaign.group;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Differential;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;

/** Random operations on the simulator's group coordinator and on Kafka's own, side by side. */
public final class GroupCampaign implements Campaign {
  /** How many operations one pair of coordinators sees. */
  static final int LENGTH = 250;

  private static final Option OPERATIONS = Option.count("--operations");
  private static final Option SEQUENCE =
      new Option("--sequence", "INDEX", Option.Kind.NUMBER, false);
  private static final Option COVERAGE =
      new Option("--coverage", "yes|no", Option.Kind.WORD, false);

  @Override
  public String name() {
    return "group";
  }

  @Override
  public List<Option> options() {
    return List.of(OPERATIONS, Option.seed(), SEQUENCE, COVERAGE);
  }

  @Override
  public Outcome run(Arguments arguments) {
    // Drawn first: from then on this JVM's random bytes are decided.
    long seed = arguments.seed();
    long operations = arguments.count(OPERATIONS.name());
    long only = arguments.number(SEQUENCE.name()).orElse(-1L);
    Report report = run(seed, Math.max(0, only), operations, Duel.Answers.TRUE);
    List<String> notes = new ArrayList<>();
    if (arguments.word(COVERAGE.name()).orElse("no").equals("yes")) {
      report
          .coverage()
          .counts()
          .forEach((key, count) -> notes.add(String.format("%10d %s", count, key)));
    }
    return new Differential(
            name(),
            seed,
            "operations",
            report.operations(),
            report.explained(),
            report.unexplained(),
            report.seconds(),
            notes,
            report.failure())
        .outcome();
  }

  /**
   * What came of all sequences.
   *
   * @param unexplained in how many of them the sides part
   * @param failure the first of these, line by line
   */
  record Report(
      long operations,
      long explained,
      long unexplained,
      double seconds,
      Coverage coverage,
      List<String> failure) {}

  /** One thread's share. */
  private static final class Share {
    private final Coverage coverage = new Coverage();
    private long operations;
    private long explained;
    private long unexplained;
    private long firstFailing = Long.MAX_VALUE;
    private Optional<Sequence.Result> first = Optional.empty();
    private final TreeMap<String, TreeSet<Long>> kinds = new TreeMap<>();
  }

  /**
   * Runs sequences.
   *
   * @param from the index of the first of them
   */
  static Report run(long seed, long from, long operations, Duel.Answers answers) {
    MemberIds.install();
    if (!MemberIds.isInstalled()) {
      throw new IllegalStateException("this JVM has made a UUID already; use a fresh one");
    }
    long start = System.nanoTime();
    AtomicLong nextIndex = new AtomicLong(from);
    AtomicReference<Throwable> defect = new AtomicReference<>();
    List<Share> shares = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Share share = new Share();
      shares.add(share);
      Thread thread =
          new Thread(
              () -> {
                try {
                  work(seed, from, operations, answers, nextIndex, share);
                } catch (RuntimeException | Error failure) {
                  defect.compareAndSet(null, failure);
                  nextIndex.set(Long.MAX_VALUE / LENGTH);
                }
              },
              "group-campaign-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("interrupted", interrupted);
      }
    }
    if (defect.get() != null) {
      throw new IllegalStateException("the campaign is broken", defect.get());
    }
    return sum(seed, shares, answers, start);
  }

  private static void work(
      long seed,
      long from,
      long operations,
      Duel.Answers answers,
      AtomicLong nextIndex,
      Share share) {
    GroupCoordinatorMetrics metrics = new GroupCoordinatorMetrics();
    while (true) {
      long index = nextIndex.getAndIncrement();
      long left = operations - (index - from) * LENGTH;
      if (left <= 0) {
        return;
      }
      int length = (int) Math.min(left, LENGTH);
      Sequence.Result result = Sequence.run(seed, index, length, metrics, answers, share.coverage);
      share.operations += result.operations().size();
      share.explained += result.explained();
      if (result.difference().isPresent()) {
        share.unexplained++;
        share
            .kinds
            .computeIfAbsent(result.difference().get().kind(), kind -> new TreeSet<>())
            .add(index);
        if (index < share.firstFailing) {
          share.firstFailing = index;
          share.first = Optional.of(result);
        }
      }
    }
  }

  private static Report sum(long seed, List<Share> shares, Duel.Answers answers, long startNanos) {
    Coverage coverage = new Coverage();
    TreeMap<String, TreeSet<Long>> kinds = new TreeMap<>();
    long operations = 0;
    long explained = 0;
    long unexplained = 0;
    Share first = shares.get(0);
    for (Share share : shares) {
      coverage.add(share.coverage);
      share.kinds.forEach(
          (kind, indexes) -> kinds.computeIfAbsent(kind, it -> new TreeSet<>()).addAll(indexes));
      operations += share.operations;
      explained += share.explained;
      unexplained += share.unexplained;
      if (share.firstFailing < first.firstFailing) {
        first = share;
      }
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    List<String> failure = new ArrayList<>();
    kinds.forEach(
        (kind, indexes) ->
            failure.add(
                indexes.size() + " × " + kind + "; the first in sequence " + indexes.first()));
    if (first.first.isPresent()) {
      failure.addAll(describe(seed, first.firstFailing, first.first.get(), answers));
    }
    return new Report(operations, explained, unexplained, seconds, coverage, failure);
  }

  private static List<String> describe(
      long seed, long index, Sequence.Result result, Duel.Answers answers) {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + seed + ", sequence " + index + ": the sides part");
    lines.add(result.difference().orElseThrow().describe());
    GroupCoordinatorMetrics metrics = new GroupCoordinatorMetrics();
    List<Operation> least =
        Sequence.minimise(result.settings(), result.operations(), metrics, answers);
    lines.add("minimised to " + least.size() + " operations, with " + result.settings());
    least.forEach(operation -> lines.add("  " + operation));
    Sequence.replay(result.settings(), least, metrics, answers)
        .ifPresent(difference -> lines.add(difference.describe()));
    return lines;
  }
}
