package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.planted.Small;
import io.heddle.planted.Workbench;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Group;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Work;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.run.Repetition;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.scenarios.run.Swarms;
import io.heddle.scenarios.shrink.Shrinker;
import io.heddle.scenarios.shrink.Shrunk;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The engine that was loaded with this class. */
public final class EngineWorkbench implements Workbench {
  private static final RunOptions OPTIONS = RunOptions.DEFAULT.withoutCoverage();

  private final Map<String, Scenario> scenarios = new ConcurrentHashMap<>();
  private final Schedule schedule;

  /** Runs by the usual schedule. */
  public EngineWorkbench() {
    this(Schedule.UNIFORM);
  }

  private EngineWorkbench(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public Workbench by(Schedule other) {
    return new EngineWorkbench(other);
  }

  @Override
  public List<Violation> run(String trial, long seed, boolean calm) {
    try {
      return isScenario(trial)
          ? simulate(trial, seed, calm, Optional.empty()).violations()
          : drill(trial, seed, calm, Optional.empty()).run();
    } catch (Exception brokenOff) {
      return List.of(new Violation("broke-off", brokenOff.toString(), 0, List.of()));
    }
  }

  @Override
  public Optional<Violation> repeat(String trial, long seed, boolean calm) {
    try {
      return Repetition.check(lines -> hash(trial, seed, calm, lines));
    } catch (Exception brokenOff) {
      // It has been told as what was broken.
      return Optional.empty();
    }
  }

  private Optional<String> hash(
      String trial, long seed, boolean calm, Optional<Consumer<String>> lines) throws Exception {
    if (!isScenario(trial)) {
      DrillRun drill = drill(trial, seed, calm, lines);
      var unused = drill.run();
      return drill.hash();
    }
    RunResult result = simulate(trial, seed, calm, lines);
    boolean cutOff = result.wallMillis() >= scenario(trial).limits().wall().toMillis();
    return cutOff ? Optional.empty() : Optional.ofNullable(result.traceHash());
  }

  private RunResult simulate(
      String trial, long seed, boolean calm, Optional<Consumer<String>> lines) throws Exception {
    Scenario drawn = Swarms.draw(scenario(trial), new SeededChoices(seed));
    return ScenarioRunner.simulate(
        calm ? calmed(drawn) : drawn,
        seed,
        new SeededChoices(seed),
        lines.map(OPTIONS::withTrace).orElse(OPTIONS));
  }

  private DrillRun drill(String trial, long seed, boolean calm, Optional<Consumer<String>> lines) {
    Function<DrillRun, Application> drill = Objects.requireNonNull(Drills.ALL.get(trial));
    return new DrillRun(new SeededChoices(seed), calm, schedule, lines, drill);
  }

  private Scenario scenario(String trial) {
    return scenarios.computeIfAbsent(trial, name -> read(name).withSchedule(schedule));
  }

  @Override
  public boolean isScenario(String trial) {
    return !Drills.ALL.containsKey(trial);
  }

  @Override
  public Small shrink(String trial, long seed, Duration time) throws Exception {
    Scenario scenario = scenario(trial);
    Shrunk shrunk =
        Shrinker.shrink(scenario, seed, time, System::nanoTime, runs -> {})
            .orElseThrow(() -> new IllegalStateException("seed " + seed + " breaks nothing"));
    return new Small(
        shrunk.after().faults(),
        shrunk.after().records(),
        shrunk.violation().invariant(),
        ScenarioWriter.write(shrunk.scenario()));
  }

  @Override
  public Optional<Violation> replay(String file) throws Exception {
    Scenario scenario = ScenarioReader.read("saved", file.getBytes(UTF_8));
    long seed = scenario.seeds().from();
    return ScenarioRunner.simulate(scenario, seed, RunOptions.DEFAULT).violations().stream()
        .findFirst();
  }

  /** One member, no faults, and no work that fails. */
  private static Scenario calmed(Scenario scenario) {
    Work work = scenario.engine().work();
    Work sound =
        work.withBatcher(work.batcher().withErrors(0))
            .withInterjections(work.interjections().map(each -> each.withErrors(0)));
    return scenario
        .withFaults(List.of())
        .withGroup(single(scenario.group()))
        .withHandler(scenario.handler().withErrors(0))
        .withEngine(scenario.engine().withWork(sound));
  }

  private static Group single(Group group) {
    return group.withMembers(1);
  }

  /** A trial of its own, or else a scenario that is shipped. */
  private static Scenario read(String name) {
    String file = "/planted/trials/" + name + ".yaml";
    try (InputStream in = EngineWorkbench.class.getResourceAsStream(file)) {
      return in == null ? ScenarioLibrary.load(name) : ScenarioReader.read(file, in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
