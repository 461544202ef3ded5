package io.heddle.cli;

import io.heddle.scenarios.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records what it was called with and answers what it was told. */
final class FakeBackend implements Backend {
  final List<String> calls = new ArrayList<>();
  RunResult result = Samples.passed();
  ExploreSummary summary = new ExploreSummary("s", 1, 1, List.of(), 1, new TreeMap<>());
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
  public ExploreSummary explore(String nameOrFile, SeedRange seeds, Progress progress) {
    called("explore %s %s".formatted(nameOrFile, seeds));
    return summary;
  }

  private void called(String call) {
    calls.add(call);
    if (failure != null) {
      throw failure;
    }
  }
}
