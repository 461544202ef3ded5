package io.heddle.cli;

import io.heddle.scenarios.file.ScenarioException;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.model.Cluster;
import io.heddle.scenarios.model.ConsumerProtocol;
import io.heddle.scenarios.model.Expect;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.Campaign;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.scenarios.shrink.Shrinker;
import io.heddle.scenarios.shrink.Shrunk;
import io.heddle.simulator.core.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The commands' work, done by the scenario runner. */
public final class ScenarioBackend implements Backend {
  private final BooleanSupplier interrupted;
  private final Optional<Schedule> schedule;

  /** Never ends early. */
  public ScenarioBackend() {
    this(() -> false);
  }

  /**
   * Ends early when it is asked to.
   *
   * @param interrupted whether to come to an end; called often, by any thread
   */
  ScenarioBackend(BooleanSupplier interrupted) {
    this(interrupted, Optional.empty());
  }

  private ScenarioBackend(BooleanSupplier interrupted, Optional<Schedule> schedule) {
    this.interrupted = interrupted;
    this.schedule = schedule;
  }

  @Override
  public Backend by(Schedule other) {
    return new ScenarioBackend(interrupted, Optional.of(other));
  }

  @Override
  public List<ScenarioSummary> list() {
    return ScenarioLibrary.list().stream()
        .map(
            entry ->
                new ScenarioSummary(
                    entry.name(), entry.title(), entry.tags(), entry.source(), entry.outcome()))
        .toList();
  }

  @Override
  public String explain(String nameOrFile) {
    return ScenarioWriter.write(load(nameOrFile));
  }

  @Override
  public RunResult run(
      String nameOrFile,
      OptionalLong seed,
      KafkaTarget target,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    Scenario scenario = load(nameOrFile);
    long chosen = seed.orElse(scenario.seeds().from());
    if (target instanceof KafkaTarget.Simulated) {
      return simulate(scenario, chosen, ScenarioRunner::simulate, trace, history, progress);
    }
    if (target instanceof KafkaTarget.SimulatedRealTime) {
      return simulate(
          scenario, chosen, ScenarioRunner::simulateInRealTime, trace, history, progress);
    }
    if (trace.isPresent()) {
      throw new UserError(
          "--trace needs --kafka simulated or simulated-realtime: a real Kafka has no trace");
    }
    return onRealKafka(
        scenario,
        target,
        real ->
            ScenarioRunner.runForReal(
                scenario, chosen, real, options(Optional.empty(), history, progress)));
  }

  @Override
  public LoadResult load(LoadRequest request, Progress progress) {
    Scenario scenario = withThresholds(load(request.scenario()), request.thresholds());
    long seed = request.seed().orElse(scenario.seeds().from());
    RunOptions options = options(Optional.empty(), request.history(), progress);
    if (request.kafka() instanceof KafkaTarget.SimulatedRealTime) {
      return unchecked(
          () ->
              ScenarioRunner.loadInRealTime(
                  scenario, seed, request.plan(), System.currentTimeMillis(), options));
    }
    if (request.kafka() instanceof KafkaTarget.Simulated) {
      return unchecked(() -> load(scenario, seed, request, Optional.empty(), options));
    }
    return onRealKafka(
        scenario,
        request.kafka(),
        real -> load(scenario, seed, request, Optional.of(real), options));
  }

  private static LoadResult load(
      Scenario scenario,
      long seed,
      LoadRequest request,
      Optional<RealTarget> target,
      RunOptions options)
      throws Exception {
    return ScenarioRunner.load(
        scenario, seed, request.plan(), target, System.currentTimeMillis(), options);
  }

  private static Scenario withThresholds(Scenario scenario, List<Threshold> more) {
    Map<String, Threshold> thresholds = new LinkedHashMap<>();
    scenario.expect().thresholds().forEach(each -> thresholds.put(each.name(), each));
    more.forEach(each -> thresholds.put(each.name(), each));
    Expect expect = scenario.expect();
    return scenario.withExpect(
        new Expect(
            expect.outcome(),
            expect.invariants(),
            List.copyOf(thresholds.values()),
            expect.reached()));
  }

  @Override
  public ExploreSummary explore(String nameOrFile, ExploreOptions options, Progress progress) {
    Scenario scenario = load(nameOrFile);
    SeedRange seeds = options.seeds();
    long startedNanos = System.nanoTime();
    BooleanSupplier timeIsUp =
        () ->
            options.time().isPresent()
                && System.nanoTime() - startedNanos >= options.time().get().toNanos();
    Campaign.Plan plan =
        new Campaign.Plan(
            seeds.first(),
            seeds.last(),
            Runtime.getRuntime().availableProcessors(),
            options.stopAtFirst(),
            timeIsUp,
            options.interrupted());
    long total = seeds.isOpen() ? 0 : seeds.count();
    Campaign.Outcome outcome =
        unchecked(
            () ->
                Campaign.watched(
                    scenario,
                    plan,
                    (done, failures, reached, marks) ->
                        progress.at(
                            done,
                            total,
                            "seeds",
                            () -> {
                              double seconds = (System.nanoTime() - startedNanos) / 1e9;
                              return Units.threeDigits(done / seconds)
                                  + " seeds/s · "
                                  + reached
                                  + " of "
                                  + Units.count(marks, "mark")
                                  + " · "
                                  + Units.count(failures)
                                  + " failed";
                            })));
    List<ExploreSummary.FailedSeed> failed = new ArrayList<>();
    outcome
        .failed()
        .forEach(
            (seed, violation) ->
                failed.add(
                    new ExploreSummary.FailedSeed(
                        seed, violation.invariant(), violation.message())));
    return new ExploreSummary(
        scenario.name(),
        seeds,
        outcome.seeds(),
        outcome.seeds() - failed.size(),
        failed,
        outcome.coverage().stream()
            .map(each -> new ExploreSummary.Missing(each.invariant(), each.message()))
            .toList(),
        options.interrupted().getAsBoolean(),
        outcome.seeds() / Math.max(1e-9, outcome.seconds()),
        outcome.marks());
  }

  @Override
  public ShrinkSummary shrink(
      String nameOrFile, OptionalLong seed, Optional<Path> out, Duration time, Progress progress) {
    Scenario scenario = load(nameOrFile);
    long failing = seed.orElse(scenario.seeds().from());
    Path file = out.orElseGet(() -> Path.of(scenario.name() + "-shrunk.yaml"));
    if (out.isEmpty() && Files.exists(file)) {
      throw new UserError(file + " exists already; say --out FILE to save it elsewhere");
    }
    long startedNanos = System.nanoTime();
    Shrunk shrunk =
        unchecked(
                () ->
                    Shrinker.shrink(
                        scenario,
                        failing,
                        time,
                        System::nanoTime,
                        runs -> progress.at(runs, 0, "runs")))
            .orElseThrow(
                () ->
                    new UserError(
                        scenario.name()
                            + " passes with seed "
                            + failing
                            + ": there is no failure to keep"));
    Output.write(file, ScenarioWriter.write(shrunk.scenario()), "the scenario");
    long wallMillis = (System.nanoTime() - startedNanos) / 1_000_000;
    return new ShrinkSummary(scenario.name(), failing, file, shrunk, wallMillis);
  }

  private interface Simulator {
    RunResult run(Scenario scenario, long seed, RunOptions options) throws Exception;
  }

  private RunResult simulate(
      Scenario scenario,
      long seed,
      Simulator simulator,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    return unchecked(
        () ->
            TraceFile.during(
                trace, lines -> simulator.run(scenario, seed, options(lines, history, progress))));
  }

  @Override
  public RunRecording.Recorded record(
      String nameOrFile,
      OptionalLong seed,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    Scenario scenario = load(nameOrFile);
    long chosen = seed.orElse(scenario.seeds().from());
    return unchecked(
        () ->
            TraceFile.during(
                trace,
                lines ->
                    RunRecording.record(
                        scenario, chosen, Version.text(), options(lines, history, progress))));
  }

  @Override
  public RunRecording.Replayed replay(
      RunRecording recording,
      Optional<String> scenario,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    Optional<Scenario> other = scenario.map(this::load);
    return unchecked(
        () ->
            TraceFile.during(
                trace,
                lines -> {
                  RunOptions options = options(lines, history, progress);
                  return other.isPresent()
                      ? recording.replay(other.get(), options)
                      : recording.replay(options);
                }));
  }

  private RunOptions options(
      Optional<Consumer<String>> trace, Optional<RunHistory> history, Progress progress) {
    return new RunOptions(
        trace,
        (done, total) -> progress.at(done, total, "records"),
        true,
        history,
        interrupted,
        Optional.empty(),
        Optional.empty());
  }

  private interface RealWork<T> {
    T on(RealTarget target) throws Exception;
  }

  private static <T> T onRealKafka(Scenario scenario, KafkaTarget target, RealWork<T> work) {
    if (target instanceof KafkaTarget.Remote remote) {
      return on(target.label(), remote.bootstrapServers(), remote.properties(), work);
    }
    Map<String, String> properties = new TreeMap<>();
    properties.put(
        "group.initial.rebalance.delay.ms",
        Long.toString(scenario.kafka().initialRebalanceDelay().toMillis()));
    properties.put("group.min.session.timeout.ms", "1");
    if (scenario.kafka().protocol() == Cluster.Protocol.CONSUMER) {
      properties.putAll(ConsumerProtocol.of(scenario.group()).server());
    }
    try (RealKafka kafka =
        target instanceof KafkaTarget.Container container
            ? RealKafka.container(container.image(), properties)
            : RealKafka.embedded(scenario.kafka().brokers(), properties)) {
      return on(target.label(), kafka.bootstrapServers(), Map.of(), work);
    } catch (IOException failed) {
      throw new UserError(
          "--kafka " + target.label() + " does not start: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted", interrupted);
    }
  }

  private static <T> T on(
      String label, String servers, Map<String, String> properties, RealWork<T> work) {
    // Topics and groups of this run must not be those of another.
    String suffix = "-" + Long.toHexString(TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    return unchecked(() -> work.on(new RealTarget(label, servers, properties, suffix)));
  }

  private Scenario load(String nameOrFile) {
    try {
      Scenario scenario = ScenarioLibrary.load(nameOrFile);
      return schedule.map(scenario::by).orElse(scenario);
    } catch (ScenarioException wrong) {
      throw new UserError(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  private static <T> T unchecked(Action<T> action) {
    try {
      return action.run();
    } catch (UserError known) {
      throw known;
    } catch (ScenarioException wrong) {
      throw new UserError(String.valueOf(wrong.getMessage()), wrong);
    } catch (RealTarget.Unavailable wrong) {
      throw new UserError(String.valueOf(wrong.getMessage()), wrong);
    } catch (IllegalArgumentException | UnsupportedOperationException wrong) {
      throw new UserError(String.valueOf(wrong.getMessage()), wrong);
    } catch (RuntimeException failed) {
      throw failed;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted", interrupted);
    } catch (Exception failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }
}
