package io.heddle.cli;

import io.heddle.scenarios.file.ScenarioException;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.Campaign;
import io.heddle.scenarios.run.RealTarget;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.scenarios.shrink.Shrinker;
import io.heddle.scenarios.shrink.Shrunk;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The commands' work, done by the scenario runner. */
public final class ScenarioBackend implements Backend {
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
      Progress progress) {
    Scenario scenario = load(nameOrFile);
    long chosen = seed.orElse(scenario.seeds().from());
    if (target instanceof KafkaTarget.Simulated) {
      return simulate(scenario, chosen, trace, progress);
    }
    if (trace.isPresent()) {
      throw new UserError("--trace needs --kafka simulated: a real Kafka has no trace");
    }
    if (target instanceof KafkaTarget.Embedded) {
      return embedded(scenario, chosen, progress);
    }
    return real(scenario, chosen, target.label(), target.label(), progress);
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
        unchecked(() -> Campaign.run(scenario, plan, done -> progress.at(done, total, "seeds")));
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
        ran(seeds, outcome.seeds()),
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

  /** Seeds are begun in their order. */
  private static SeedRange ran(SeedRange seeds, long count) {
    return new SeedRange(seeds.first(), seeds.first() + Math.max(1, count) - 1);
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

  private static RunResult simulate(
      Scenario scenario, long seed, Optional<Path> trace, Progress progress) {
    if (trace.isEmpty()) {
      return unchecked(
          () -> ScenarioRunner.simulate(scenario, seed, options(Optional.empty(), progress)));
    }
    Path file = trace.get();
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      return unchecked(
          () ->
              ScenarioRunner.simulate(
                  scenario, seed, options(Optional.of(line -> write(writer, line)), progress)));
    } catch (IOException | UncheckedIOException failed) {
      throw new UserError(
          "cannot write the trace to " + file + ": " + Output.reason(failed), failed);
    }
  }

  private static RunOptions options(
      Optional<java.util.function.Consumer<String>> trace, Progress progress) {
    return new RunOptions(trace, (done, total) -> progress.at(done, total, "records"), true);
  }

  private static void write(BufferedWriter writer, String line) {
    try {
      writer.write(line);
      writer.newLine();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static RunResult embedded(Scenario scenario, long seed, Progress progress) {
    Map<String, String> properties =
        Map.of(
            "group.initial.rebalance.delay.ms",
            Long.toString(scenario.kafka().initialRebalanceDelay().toMillis()),
            "group.min.session.timeout.ms",
            "1");
    try (RealKafka kafka = RealKafka.embedded(scenario.kafka().brokers(), properties)) {
      return real(scenario, seed, "embedded", kafka.bootstrapServers(), progress);
    } catch (IOException failed) {
      throw new UserError("the embedded Kafka does not start: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted", interrupted);
    }
  }

  private static RunResult real(
      Scenario scenario, long seed, String label, String servers, Progress progress) {
    // Topics and groups of this run must not be those of another.
    String suffix = "-" + Long.toHexString(TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    RealTarget target = new RealTarget(label, servers, suffix);
    return unchecked(
        () ->
            ScenarioRunner.runForReal(scenario, seed, target, options(Optional.empty(), progress)));
  }

  private static Scenario load(String nameOrFile) {
    try {
      return ScenarioLibrary.load(nameOrFile);
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
