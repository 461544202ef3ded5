package io.heddle.cli;

import io.heddle.scenarios.result.RunResult;
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
      Progress progress) {
    progress.at(1, 2, "records");
    called("run %s %s %s %s".formatted(nameOrFile, seed, target.label(), trace));
    return result;
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
