package io.heddle.peers;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import io.heddle.campaign.Parallel;
import io.heddle.peers.Trial.Failure;
import io.heddle.scenarios.file.Nearest;
import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Puts Heddle's engine and other consumers to the scenarios that come with Heddle, and tells which
 * invariants hold. Passes if they do for Heddle, but for what a scenario is meant to show.
 */
public final class PeersCampaign implements Campaign {
  private static final Option ONLY = new Option("--only", "NAME", Option.Kind.WORD, false);
  private static final Option SCENARIO = new Option("--scenario", "NAME", Option.Kind.WORD, false);
  private static final Option SEEDS = new Option("--seeds", "N", Option.Kind.COUNT, false);
  private static final Option REALTIME =
      new Option("--realtime-seeds", "N", Option.Kind.COUNT, false);
  private static final Option SEED = new Option("--seed", "S", Option.Kind.NUMBER, false);
  private static final Option DOCUMENT = new Option("--document", "FILE", Option.Kind.WORD, false);

  private static final Option TRACES = new Option("--traces", "DIRECTORY", Option.Kind.WORD, false);

  /** Of every so many seeds, one that passed is run again. */
  private static final int SAMPLE = 50;

  /** As many seeds of each scenario as the document is made of. */
  static final long USUAL_SEEDS = 10;

  static final long USUAL_REALTIME_SEEDS = 2;

  /** These mostly wait; more of them at once would keep each other waiting. */
  private static final int REALTIME_AT_ONCE = 12;

  private record Run(Trial trial, long seed, Optional<Path> traces) {
    Run warmUp() {
      return new Run(trial, seed, Optional.empty());
    }
  }

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public List<Option> options() {
    return List.of(ONLY, SCENARIO, SEEDS, REALTIME, SEED, DOCUMENT, TRACES);
  }

  @Override
  public Outcome run(Arguments arguments) {
    Optional<String> only = arguments.word(ONLY.name());
    Optional<String> wanted = arguments.word(SCENARIO.name());
    List<Contender> contenders =
        Stream.of(Contender.values())
            .filter(each -> only.map(each.label()::equals).orElse(true))
            .toList();
    List<String> scenarios =
        ScenarioLibrary.names().stream()
            .filter(name -> wanted.map(name::equals).orElse(true))
            .toList();
    if (contenders.isEmpty() || scenarios.isEmpty()) {
      String wrong = (contenders.isEmpty() ? only : wanted).orElse("");
      List<String> known = contenders.isEmpty() ? labels() : ScenarioLibrary.names();
      return new Outcome(
          false,
          Map.of(),
          List.of(),
          List.of("no such name '" + wrong + "'; " + Nearest.hint(wrong, known)));
    }
    List<Trial> trials = trials(contenders, scenarios, arguments);
    PeersReport report = new PeersReport(contenders, trials);
    arguments
        .word(DOCUMENT.name())
        .ifPresent(file -> write(Path.of(file), new PeersDocument(report).text()));
    List<String> unexpected = report.unexpected();
    return new Outcome(unexpected.isEmpty(), figures(report), report.text(), unexpected);
  }

  private static List<String> labels() {
    return Stream.of(Contender.values()).map(Contender::label).toList();
  }

  /** Real time first, as what is measured there minds what else is going on. */
  private static List<Trial> trials(
      List<Contender> contenders, List<String> names, Arguments arguments) {
    List<Trial> trials = new ArrayList<>();
    for (boolean realTime : List.of(true, false)) {
      List<Run> runs = runs(contenders, names, realTime, arguments);
      if (!runs.isEmpty() && realTime) {
        // What is not compiled yet takes its time, and faults do not wait.
        var unused = run(runs.get(0).warmUp());
      }
      int atOnce = realTime ? REALTIME_AT_ONCE : Runtime.getRuntime().availableProcessors();
      List<List<Failure>> failures = Parallel.map(runs, atOnce, PeersCampaign::run);
      Map<Trial, List<Failure>> found = new LinkedHashMap<>();
      for (int i = 0; i < runs.size(); i++) {
        Run run = runs.get(i);
        Trial trial = run.trial();
        found.computeIfAbsent(trial, each -> new ArrayList<>()).addAll(failures.get(i));
      }
      found.forEach((trial, all) -> trials.add(trial.withFailures(all)));
    }
    for (Contender contender : contenders) {
      for (String name : names) {
        Trial trial = Trial.of(contender, ScenarioLibrary.load(name), 0);
        if (trial.refusal().isPresent()) {
          trials.add(trial);
        }
      }
    }
    return trials;
  }

  private static List<Run> runs(
      List<Contender> contenders, List<String> names, boolean realTime, Arguments arguments) {
    Optional<Path> traces = arguments.word(TRACES.name()).map(Path::of);
    Optional<Long> first = arguments.number(SEED.name());
    long count =
        arguments
            .number((realTime ? REALTIME : SEEDS).name())
            .orElse(first.isPresent() ? 1 : realTime ? USUAL_REALTIME_SEEDS : USUAL_SEEDS);
    List<Run> runs = new ArrayList<>();
    for (String name : names) {
      Scenario scenario = ScenarioLibrary.load(name);
      long from = first.orElse(scenario.seeds().from());
      long many = scenario.limits().virtual().toHours() > 0 ? 1 : count;
      for (Contender contender : contenders) {
        Trial trial = Trial.of(contender, scenario, many);
        if (contender.inRealTime() == realTime && trial.refusal().isEmpty()) {
          LongStream.iterate(from, seed -> seed + 1)
              .filter(seed -> first.isPresent() || contender.does(scenario, seed))
              .limit(many)
              .forEach(seed -> runs.add(new Run(trial, seed, traces)));
        }
      }
    }
    return runs;
  }

  private static List<Failure> run(Run run) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Trial trial = run.trial();
    List<Violation> broken =
        trial
            .contender()
            .run(
                trial.scenario(),
                run.seed(),
                run.seed() % SAMPLE == 0,
                run.traces().map(directory -> lines::add));
    if (!broken.isEmpty()) {
      String name =
          trial.contender().label() + "-" + trial.scenario().name() + "-" + run.seed() + ".trace";
      run.traces()
          .ifPresent(
              directory -> write(directory.resolve(name), String.join("\n", List.copyOf(lines))));
    }
    return broken.stream().map(each -> new Failure(run.seed(), each)).toList();
  }

  private static Map<String, Object> figures(PeersReport report) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("campaign", "peers");
    figures.put("trials", report.figures());
    return figures;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
