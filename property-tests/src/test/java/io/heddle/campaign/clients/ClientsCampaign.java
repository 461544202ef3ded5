package io.heddle.campaign.clients;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Differential;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Random traces of clients on the simulator and on a real broker, step by step. */
public final class ClientsCampaign implements Campaign {
  private static final Option TRACES = Option.count("--traces");
  private static final String ALL_THEMES = "manual,groups,transactions,admin";
  private static final Option THEMES = new Option("--themes", ALL_THEMES, Option.Kind.WORD, false);
  private static final Option TRACE = new Option("--trace", "INDEX", Option.Kind.NUMBER, false);

  /** Waiting is most of what a play does. */
  private static final int PLAYS_PER_CORE = 4;

  private static final int MOST_PLAYS = 80;

  @Override
  public String name() {
    return "clients";
  }

  @Override
  public List<Option> options() {
    return List.of(TRACES, Option.seed(), TRACE, THEMES);
  }

  @Override
  public Outcome run(Arguments arguments) throws Arguments.Misuse {
    long seed = arguments.seed();
    long traces = arguments.count(TRACES.name());
    long from = arguments.number(TRACE.name()).orElse(0L);
    Generator generator =
        new Generator(Generator.themes(arguments.word(THEMES.name()).orElse(ALL_THEMES)));
    Report report = run(generator, seed, from, traces, SimulatorSide::play);
    return new Differential(
            name(),
            seed,
            "traces",
            report.traces(),
            report.explained(),
            report.unexplained(),
            report.seconds(),
            report.notes(),
            report.failure())
        .outcome();
  }

  /** What came of all traces. */
  record Report(
      long traces,
      long explained,
      long unexplained,
      double seconds,
      List<String> notes,
      List<String> failure) {}

  /** What the threads have found together; guarded by itself. */
  private static final class Findings {
    private long traces;
    private long steps;
    private long explained;
    private final TreeSet<Long> again = new TreeSet<>();
    private final TreeMap<Long, Parting> partings = new TreeMap<>();

    synchronized void add(long index, Trace trace, Contest.Result result) {
      traces++;
      steps += trace.steps().size();
      explained += result.explained();
      if (result.again()) {
        again.add(index);
      }
      result.parting().ifPresent(parting -> partings.put(index, parting));
    }
  }

  /**
   * Runs traces.
   *
   * @param from the index of the first of them
   */
  static Report run(
      Generator generator, long seed, long from, long traces, Contest.Simulated simulated) {
    long start = System.nanoTime();
    try (KafkaSide.Broker broker = KafkaSide.Broker.start()) {
      Contest contest = new Contest(broker, simulated);
      Findings findings = new Findings();
      play(contest, generator, seed, new AtomicLong(from), from + traces, findings);
      double seconds = (System.nanoTime() - start) / 1e9;
      List<String> notes = new ArrayList<>();
      notes.add(findings.steps + " steps");
      if (!findings.again.isEmpty()) {
        notes.add("played again, for the broker did first otherwise: " + findings.again);
      }
      return new Report(
          findings.traces,
          findings.explained,
          findings.partings.size(),
          seconds,
          notes,
          describe(contest, generator, seed, findings.partings));
    }
  }

  private static void play(
      Contest contest,
      Generator generator,
      long seed,
      AtomicLong next,
      long end,
      Findings findings) {
    AtomicReference<Throwable> defect = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PLAYS_PER_CORE * Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (long index = next.getAndIncrement();
                      index < end;
                      index = next.getAndIncrement()) {
                    Trace trace = generator.trace(seed, index);
                    findings.add(index, trace, contest.of(trace, seed + index));
                  }
                } catch (RuntimeException | Error failure) {
                  defect.compareAndSet(null, failure);
                  next.set(Long.MAX_VALUE / 2);
                }
              },
              "clients-campaign-" + i);
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
  }

  private static List<String> describe(
      Contest contest, Generator generator, long seed, SortedMap<Long, Parting> partings) {
    List<String> lines = new ArrayList<>();
    if (partings.isEmpty()) {
      return lines;
    }
    TreeMap<String, TreeSet<Long>> kinds = new TreeMap<>();
    partings.forEach(
        (index, parting) ->
            kinds.computeIfAbsent(parting.kind(), kind -> new TreeSet<>()).add(index));
    kinds.forEach(
        (kind, indexes) -> lines.add(indexes.size() + " × " + kind + "; in traces " + indexes));
    long index = partings.firstKey();
    Parting first = partings.get(index);
    Trace least = contest.minimise(generator.trace(seed, index), first, seed + index, MOST_PLAYS);
    Optional<Parting> parting = contest.of(least, seed + index).parting();
    lines.add("seed " + seed + ", trace " + index + ": the sides part");
    lines.add(first.describe());
    lines.add("minimised to " + least.steps().size() + " steps, with topics " + least.topics());
    least.steps().forEach(step -> lines.add("  " + step));
    parting.ifPresent(it -> lines.add(it.describe()));
    return lines;
  }
}
