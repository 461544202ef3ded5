package io.heddle.scenarios.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long records were in each stage of their way. Not thread-safe. */
final class StageTimes {
  /** The stages follow each other; all but the last add up to a record's response time. */
  enum Stage {
    /** From when it was due until it was handed to the producer. */
    LATE,
    /** Until the log had taken it, as far as the producer knows. */
    SEND,
    /** Until its producer knew that its transaction was committed, where members wait for that. */
    OPEN,
    /** Until the work on it began: fetched, behind its key, behind others. */
    WAIT,
    /** The work: its service time. */
    WORK,
    /** Until it was complete. */
    FINISH,
    /** Until a commit that covers it was acknowledged. */
    COMMIT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Stage, Histogram> histograms = new EnumMap<>(Stage.class);

  void add(Stage stage, long nanos) {
    histograms
        .computeIfAbsent(stage, each -> Histograms.nanos())
        .recordValue(Histograms.fit(nanos));
  }

  List<LoadMeasurements.OfStage> summaries() {
    List<LoadMeasurements.OfStage> summaries = new ArrayList<>();
    histograms.forEach(
        (stage, histogram) ->
            summaries.add(
                new LoadMeasurements.OfStage(stage.label(), Histograms.summary(histogram))));
    return summaries;
  }
}
