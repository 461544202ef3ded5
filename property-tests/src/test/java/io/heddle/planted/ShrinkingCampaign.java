package io.heddle.planted;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import io.heddle.campaign.Parallel;
import io.heddle.scenarios.result.RunResult.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the first failing run of each planted bug small, and has the saved file run again, by the
 * broken engine, which has to fail alike, and by the sound one, which has to pass. What fails in a
 * drill is left out: there is no file that could say it.
 */
public final class ShrinkingCampaign implements Campaign {
  private static final Option ONLY = new Option("--only", "NAME", Option.Kind.WORD, false);
  private static final double PROMISED = 0.8;
  private static final int MOST_FAULTS = 10;
  private static final long MOST_RECORDS = 20;
  private static final double MOST_SECONDS = 30;

  /** The shrinker's own limit leaves time for the runs that confirm. */
  private static final Duration SHRINKER = Duration.ofSeconds(25);

  /**
   * What became of one failure.
   *
   * @param alike whether the saved file breaks the same
   * @param seconds for shrinking and for the run of the file
   * @param problem why there is nothing small, or empty
   */
  record Row(Plant plant, int faults, long records, boolean alike, double seconds, String problem) {
    boolean isShrunk() {
      return problem.isEmpty()
          && alike
          && faults <= MOST_FAULTS
          && records <= MOST_RECORDS
          && seconds <= MOST_SECONDS;
    }
  }

  @Override
  public String name() {
    return "shrinking";
  }

  @Override
  public List<Option> options() {
    return List.of(ONLY);
  }

  @Override
  public Outcome run(Arguments arguments) {
    Workbench sound = PlantedEngine.sound();
    List<Plant> plants =
        Plants.all().stream()
            .filter(plant -> arguments.word(ONLY.name()).map(plant.name()::equals).orElse(true))
            .filter(plant -> sound.isScenario(plant.trial()))
            .toList();
    if (plants.isEmpty()) {
      String only = arguments.word(ONLY.name()).orElse("");
      boolean exists = Plants.all().stream().anyMatch(plant -> plant.name().equals(only));
      return new Outcome(
          false,
          Map.of(),
          List.of(),
          List.of(exists ? "the trial of " + only + " is no scenario" : Plants.unknown(only)));
    }
    return outcome(Parallel.map(plants, plant -> shrink(plant, sound)));
  }

  private static Row shrink(Plant plant, Workbench sound) {
    Workbench engine = PlantedEngine.with(plant);
    Detection detection = Detection.of(plant, engine, plant.seeds());
    long startedNanos = System.nanoTime();
    try {
      Small small = engine.shrink(plant.trial(), detection.seed(), SHRINKER);
      boolean alike =
          engine
              .replay(small.file())
              .filter(violation -> violation.invariant().equals(small.broken()))
              .isPresent();
      Optional<Violation> alsoSound = sound.replay(small.file());
      if (alsoSound.isPresent()) {
        // Then it says nothing of the mistake.
        throw new IllegalStateException(
            "its file fails on the engine itself: " + alsoSound.get().message());
      }
      return new Row(plant, small.faults(), small.records(), alike, secondsSince(startedNanos), "");
    } catch (Exception failure) {
      return new Row(plant, 0, 0, false, secondsSince(startedNanos), failure.toString());
    }
  }

  private static double secondsSince(long startedNanos) {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  static Outcome outcome(List<Row> rows) {
    List<Row> small = rows.stream().filter(Row::isShrunk).toList();
    List<String> large =
        rows.stream().filter(row -> !row.isShrunk()).map(row -> row.plant().name()).toList();
    List<Row> had = rows.stream().filter(row -> row.problem().isEmpty()).toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("campaign", "shrinking");
    figures.put("failures", rows.size());
    figures.put("shrunk", small.size());
    figures.put("medianFaults", Medians.of(had.stream().map(Row::faults).toList()));
    figures.put("medianRecords", Medians.of(had.stream().map(Row::records).toList()));
    figures.put("medianSeconds", Medians.of(had.stream().map(Row::seconds).toList()));
    figures.put("notShrunk", large);
    List<String> text = new ArrayList<>();
    for (Row row : rows) {
      text.add(
          String.format(
              Locale.ROOT,
              "%-50s %s",
              row.plant().name(),
              row.problem().isEmpty()
                  ? String.format(
                      Locale.ROOT,
                      "%d faults, %d records, %.1f s%s%s",
                      row.faults(),
                      row.records(),
                      row.seconds(),
                      row.alike() ? "" : ", its file breaks something else",
                      row.isShrunk() ? "" : ": NOT SMALL ENOUGH")
                  : row.problem()));
    }
    text.add(
        String.format(
            Locale.ROOT,
            "shrinking: %d failures, %d made small enough",
            rows.size(),
            small.size()));
    boolean passed = small.size() >= PROMISED * rows.size();
    return new Outcome(passed, figures, text, passed ? List.of() : List.of("too large: " + large));
  }
}
