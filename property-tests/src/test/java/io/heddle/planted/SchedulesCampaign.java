package io.heddle.planted;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import io.heddle.campaign.Parallel;
import io.heddle.simulator.core.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which schedule finds planted bugs sooner: so many seeds of each plant's trial by either. Plants
 * that one of the first seeds finds by the usual schedule tell nothing and are left out, unless
 * they are named.
 */
public final class SchedulesCampaign implements Campaign {
  private static final Option SEEDS = Option.count("--seeds");
  private static final Option ONLY = new Option("--only", "NAME", Option.Kind.WORD, false);
  private static final Option DEPTH = new Option("--depth", "D", Option.Kind.COUNT, false);
  private static final Option STEPS = new Option("--steps", "K", Option.Kind.COUNT, false);

  /** A plant that one of so many seeds finds is easy. */
  private static final long EASY = 3;

  /** Which seeds broke something. */
  record Found(List<Long> seeds) {
    long first() {
      return seeds.isEmpty() ? 0 : seeds.get(0);
    }
  }

  /** What came out for one plant. */
  record Row(Plant plant, Found uniform, Found pct) {}

  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public List<Option> options() {
    return List.of(SEEDS, ONLY, DEPTH, STEPS);
  }

  @Override
  public Outcome run(Arguments arguments) {
    long seeds = arguments.count(SEEDS.name());
    Schedule.Pct usual = Schedule.Pct.USUAL;
    Schedule pct =
        new Schedule.Pct(
            arguments.number(DEPTH.name()).map(Math::toIntExact).orElse(usual.depth()),
            arguments.number(STEPS.name()).orElse(usual.steps()));
    Optional<String> only = arguments.word(ONLY.name());
    List<Plant> plants =
        Plants.all().stream()
            .filter(plant -> only.map(plant.name()::matches).orElse(true))
            .toList();
    if (plants.isEmpty()) {
      return new Outcome(false, Map.of(), List.of(), List.of(Plants.unknown(only.orElse(""))));
    }
    List<Row> rows =
        Parallel.map(plants, plant -> compared(plant, seeds, pct, only.isPresent())).stream()
            .flatMap(Optional::stream)
            .toList();
    return outcome(rows, seeds);
  }

  private static Optional<Row> compared(Plant plant, long seeds, Schedule pct, boolean easyToo) {
    Workbench uniform = PlantedEngine.with(plant);
    boolean easy = LongStream.rangeClosed(1, EASY).anyMatch(seed -> isBroken(uniform, plant, seed));
    return easy && !easyToo
        ? Optional.empty()
        : Optional.of(
            new Row(
                plant,
                Boolean.getBoolean("x.nouni") ? new Found(List.of()) : found(uniform, plant, seeds),
                found(uniform.by(pct), plant, seeds)));
  }

  private static Found found(Workbench engine, Plant plant, long seeds) {
    return new Found(
        LongStream.rangeClosed(1, seeds)
            .filter(seed -> isBroken(engine, plant, seed))
            .boxed()
            .toList());
  }

  private static boolean isBroken(Workbench engine, Plant plant, long seed) {
    return !engine.run(plant.trial(), seed, false).isEmpty();
  }

  private static Outcome outcome(List<Row> rows, long seeds) {
    List<String> text = new ArrayList<>();
    text.add(
        "| plant | trial | uniform: first | of " + seeds + " | pct: first | of " + seeds + " |");
    text.add("| --- | --- | ---: | ---: | ---: | ---: |");
    for (Row row : rows) {
      text.add(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | %d | %s | %d |",
              row.plant().name(),
              row.plant().trial(),
              first(row.uniform()),
              row.uniform().seeds().size(),
              first(row.pct()),
              row.pct().seeds().size()));
    }
    long more = rows.stream().filter(row -> compare(row) > 0).count();
    long fewer = rows.stream().filter(row -> compare(row) < 0).count();
    long uniform = rows.stream().mapToLong(row -> row.uniform().seeds().size()).sum();
    long pct = rows.stream().mapToLong(row -> row.pct().seeds().size()).sum();
    text.add("");
    text.add(
        String.format(
            Locale.ROOT,
            "schedules: %d plants, %d seeds each; pct finds %d more often and %d less often;"
                + " failing runs: %d by uniform, %d by pct",
            rows.size(),
            seeds,
            more,
            fewer,
            uniform,
            pct));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("campaign", "schedules");
    figures.put("plants", rows.size());
    figures.put("pctMoreOften", more);
    figures.put("pctLessOften", fewer);
    figures.put("failingUniform", uniform);
    figures.put("failingPct", pct);
    return new Outcome(true, figures, text, List.of());
  }

  private static int compare(Row row) {
    return Integer.compare(row.pct().seeds().size(), row.uniform().seeds().size());
  }

  private static String first(Found found) {
    return found.seeds().isEmpty() ? "none" : Long.toString(found.first());
  }
}
