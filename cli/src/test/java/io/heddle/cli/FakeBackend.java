package io.heddle.cli;

import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.replay.RunRecording;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.core.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Records what it was called with and answers what it was told. */
final class FakeBackend implements Backend {
  final List<String> calls = new ArrayList<>();
  RunResult result = Samples.passed();
  ExploreSummary summary = Samples.explored(List.of(), List.of(), false);
  @Nullable RuntimeException failure;
  boolean interrupted;
  Optional<String> divergence = Optional.empty();

  @Override
  public Backend by(Schedule schedule) {
    called("by " + schedule);
    return this;
  }

  @Override
  public List<ScenarioSummary> list() {
    called("list");
    return Samples.scenarios();
  }

  @Override
  public String explain(String nameOrFile) {
    called("explain " + nameOrFile);
    return "scenario: " + nameOrFile;
  }

  @Override
  public RunResult run(
      String nameOrFile,
      OptionalLong seed,
      KafkaTarget target,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    progress.at(1, 2, "records");
    called("run %s %s %s %s".formatted(nameOrFile, seed, target.label(), trace));
    return result;
  }

  @Override
  public RunRecording.Recorded record(
      String nameOrFile,
      OptionalLong seed,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    called("record %s %s %s".formatted(nameOrFile, seed, trace));
    return new RunRecording.Recorded(result, Samples.recording());
  }

  @Override
  public RunRecording.Replayed replay(
      RunRecording recording,
      Optional<String> scenario,
      Optional<Path> trace,
      Optional<RunHistory> history,
      Progress progress) {
    called("replay %s %s %s".formatted(recording.seed(), scenario, trace));
    return new RunRecording.Replayed(result, divergence);
  }

  @Override
  public LoadResult load(LoadRequest request, Progress progress) {
    LoadPlan plan = request.plan();
    StringBuilder asked = new StringBuilder();
    plan.rate().ifPresent(rate -> asked.append(" " + rate + "/s"));
    asked.append(" " + plan.lasting().toSeconds() + "s");
    asked.append(plan.ramp().isZero() ? "" : " ramp " + plan.ramp().toSeconds() + "s");
    asked.append(plan.warmUp().isZero() ? "" : " warm-up " + plan.warmUp().toSeconds() + "s");
    asked.append(plan.steps() == 1 ? "" : " " + plan.steps() + " steps");
    asked.append(plan.poisson() ? " poisson" : "");
    asked.append(plan.isClosed() ? " closed " + plan.closedLoop() : "");
    asked.append(plan.checks() ? "" : " unchecked");
    List<String> limits = request.thresholds().stream().map(Threshold::name).toList();
    asked.append(limits.isEmpty() ? "" : " " + limits);
    called(
        "load %s %s %s%s"
            .formatted(request.scenario(), request.seed(), request.kafka().label(), asked));
    return Samples.loaded(plan, interrupted);
  }

  @Override
  public ExploreSummary explore(String nameOrFile, ExploreOptions options, Progress progress) {
    called(
        "explore %s %s%s%s"
            .formatted(
                nameOrFile,
                options.seeds(),
                options.time().map(time -> " " + time).orElse(""),
                options.stopAtFirst() ? " stop-at-first" : ""));
    return summary;
  }

  @Override
  public ShrinkSummary shrink(
      String nameOrFile, OptionalLong seed, Optional<Path> out, Duration time, Progress progress) {
    called("shrink %s %s %s %s".formatted(nameOrFile, seed, out, time));
    return Samples.shrunk();
  }

  private void called(String call) {
    calls.add(call);
    if (failure != null) {
      throw failure;
    }
  }
}
