package io.heddle.figures;

import io.heddle.campaign.Arguments;
import io.heddle.campaign.Campaign;
import io.heddle.campaign.Option;
import io.heddle.campaign.Outcome;
import io.heddle.scenarios.file.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures how fast the simulator is, and how much memory it needs. It passes whatever the figures
 * are, for they depend on the machine; it fails if the work that was measured was not done.
 */
public final class FiguresCampaign implements Campaign {
  private static final Option ONLY = new Option("--only", "NAME", Option.Kind.WORD, false);
  private static final int WARM_UPS = 3;
  private static final int MEASURED = 5;

  @Override
  public String name() {
    return "figures";
  }

  @Override
  public List<Option> options() {
    return List.of(ONLY);
  }

  @Override
  public Outcome run(Arguments arguments) {
    List<Figure> chosen =
        Stream.of(Figure.values())
            .filter(it -> arguments.word(ONLY.name()).map(it.label()::equals).orElse(true))
            .toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    List<String> text = new ArrayList<>();
    List<String> failure = new ArrayList<>();
    if (chosen.isEmpty()) {
      String only = arguments.word(ONLY.name()).orElse("");
      failure.add("no figure '" + only + "'; " + Nearest.hint(only, Figure.labels()));
    }
    figures.put("campaign", name());
    for (Figure figure : chosen) {
      try {
        double value = measure(figure);
        figures.put(figure.label(), value);
        text.add(
            String.format(
                Locale.ROOT,
                "%-10s %,12.2f %-12s  aim: %s (%s)",
                figure.label(),
                value,
                figure.unit(),
                figure.aim(),
                figure.description()));
      } catch (Exception notDone) {
        failure.add(figure.label() + ": " + notDone);
      }
    }
    return new Outcome(failure.isEmpty(), figures, text, failure);
  }

  private static double measure(Figure figure) throws Exception {
    // What memory holds does not depend on how warm the code is.
    boolean once = figure == Figure.MEMORY;
    List<Double> values = new ArrayList<>();
    for (int i = once ? 0 : -WARM_UPS; i < (once ? 1 : MEASURED); i++) {
      double value = figure.round(false);
      if (i >= 0) {
        values.add(value);
      }
    }
    return Rounds.median(values);
  }
}
