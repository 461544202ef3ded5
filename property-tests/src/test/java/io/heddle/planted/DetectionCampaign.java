package io.heddle.planted;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import io.heddle.campaign.Parallel;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.run.Repetition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tries every planted bug: seed after seed of its trial until something is broken, for a minute at
 * most. Passes if so much is found as we promise.
 */
public final class DetectionCampaign implements Campaign {
  private static final Option ONLY = new Option("--only", "NAME", Option.Kind.WORD, false);
  private static final Option DOCUMENT = new Option("--document", "FILE", Option.Kind.WORD, false);
  private static final double PROMISED = 0.95;
  private static final double LIMIT_SECONDS = 60;

  /** Of every so many seeds that break nothing, one is run again. */
  private static final int SAMPLE = 50;

  /** Runs of a plant without faults and with one member. */
  private static final int CALM_SEEDS = 5;

  /**
   * What became of one plant.
   *
   * @param seed the first whose run broke something; the last one tried if none did
   * @param broken what it broke, the first first; empty if nothing
   * @param seconds from the start, the compilation included
   * @param passesCalm whether it breaks nothing with a single member and without faults
   */
  record Row(Plant plant, long seed, List<String> broken, double seconds, boolean passesCalm) {
    boolean isKilled() {
      return !broken.isEmpty() && !isTwoHistories();
    }

    /** Whether a seed had another history the second time, so that nothing can be said. */
    boolean isTwoHistories() {
      return !broken.isEmpty() && broken.get(0).startsWith(Repetition.BROKEN);
    }
  }

  @Override
  public String name() {
    return "detection";
  }

  @Override
  public List<Option> options() {
    return List.of(ONLY, DOCUMENT);
  }

  @Override
  public Outcome run(Arguments arguments) {
    long startedNanos = System.nanoTime();
    List<Plant> plants =
        Plants.all().stream()
            .filter(plant -> arguments.word(ONLY.name()).map(plant.name()::equals).orElse(true))
            .toList();
    if (plants.isEmpty()) {
      return new Outcome(
          false,
          Map.of(),
          List.of(),
          List.of(Plants.unknown(arguments.word(ONLY.name()).orElse(""))));
    }
    List<Row> rows = Parallel.map(plants, DetectionCampaign::trial);
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    arguments
        .word(DOCUMENT.name())
        .ifPresent(file -> write(Path.of(file), new DetectionDocument(rows, seconds).text()));
    return outcome(rows, seconds);
  }

  private static Row trial(Plant plant) {
    long startedNanos = System.nanoTime();
    Workbench engine = PlantedEngine.with(plant);
    List<String> broken = List.of();
    long seed = 0;
    double seconds = 0;
    while (broken.isEmpty() && seconds < LIMIT_SECONDS) {
      seed++;
      broken = broken(engine, plant.trial(), seed);
      seconds = (System.nanoTime() - startedNanos) / 1e9;
    }
    boolean passesCalm = true;
    for (long calm = 1; calm <= CALM_SEEDS; calm++) {
      passesCalm &= engine.run(plant.trial(), calm, true).isEmpty();
    }
    return new Row(plant, seed, broken, seconds, passesCalm);
  }

  /** What is broken; where it is another history the second time, that is what is told. */
  static List<String> broken(Workbench engine, String trial, long seed) {
    List<Violation> broken = engine.run(trial, seed, false);
    if (broken.isEmpty() && seed % SAMPLE != 0) {
      return List.of();
    }
    return engine
        .repeat(trial, seed, false)
        .map(different -> List.of(different.invariant() + ": " + different.message()))
        .orElseGet(() -> broken.stream().map(Violation::invariant).distinct().toList());
  }

  private static Outcome outcome(List<Row> rows, double seconds) {
    List<Row> killed = rows.stream().filter(Row::isKilled).toList();
    List<String> survivors =
        rows.stream().filter(row -> !row.isKilled()).map(row -> row.plant().name()).toList();
    long calm = rows.stream().filter(Row::passesCalm).count();
    double median = Medians.of(killed.stream().map(Row::seconds).toList());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("campaign", "detection");
    figures.put("planted", rows.size());
    figures.put("killed", killed.size());
    figures.put("medianSeconds", median);
    figures.put("survivors", survivors);
    figures.put("passCalmRun", calm);
    figures.put("seconds", seconds);
    List<String> text = new ArrayList<>();
    for (Row row : rows) {
      text.add(
          String.format(
              Locale.ROOT,
              "%-50s %s",
              row.plant().name(),
              row.isKilled()
                  ? String.format(
                      Locale.ROOT,
                      "seed %d, %.2f s: %s%s",
                      row.seed(),
                      row.seconds(),
                      String.join(", ", row.broken()),
                      row.passesCalm() ? "; passes a calm run" : "")
                  : row.isTwoHistories()
                      ? "SEED " + row.seed() + " IS " + row.broken().get(0)
                      : "SURVIVES " + row.seed() + " seeds"));
    }
    text.add(
        String.format(
            Locale.ROOT,
            "detection: %d planted, %d killed, median %.2f s, %d pass a calm run, in %.1f s",
            rows.size(),
            killed.size(),
            median,
            calm,
            seconds));
    List<String> twice =
        rows.stream().filter(Row::isTwoHistories).map(row -> row.plant().name()).toList();
    figures.put("notDeterministic", twice);
    List<String> failure = new ArrayList<>();
    if (killed.size() < PROMISED * rows.size()) {
      failure.add("these survive: " + survivors);
    }
    if (!twice.isEmpty()) {
      failure.add("a seed of these had two histories: " + twice);
    }
    return new Outcome(failure.isEmpty(), figures, text, failure);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
