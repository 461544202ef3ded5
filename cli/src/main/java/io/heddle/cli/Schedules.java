package io.heddle.cli;

import io.heddle.simulator.core.Schedule;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Schedules on the command line. */
final class Schedules {
  static final String OPTION = "--schedule";

  private static final String UNIFORM = "uniform";
  private static final String PCT = "pct";
  private static final String PCT_OF = PCT + ":";

  private Schedules() {}

  static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("SCHEDULE")
        .type(Schedule.class)
        .converters(Arguments.converter(Schedules::parse))
        .completionCandidates(List.of(UNIFORM, PCT))
        .description(
            "In which order happens what is due at the same time: uniform (every order alike) or"
                + " pct[:DEPTH] (by priorities, of which DEPTH - 1 change); the scenario's own if"
                + " not given.")
        .build();
  }

  /** Reads {@code uniform}, {@code pct} or {@code pct:DEPTH}. */
  static Schedule parse(String text) {
    if (text.equals(UNIFORM)) {
      return Schedule.UNIFORM;
    }
    Schedule.Pct usual = Schedule.Pct.USUAL;
    if (text.equals(PCT)) {
      return usual;
    }
    if (!text.matches(PCT_OF + "\\d{1,9}")) {
      throw new IllegalArgumentException("it must be uniform, pct or pct:DEPTH");
    }
    return new Schedule.Pct(Integer.parseInt(text.substring(PCT_OF.length())), usual.steps());
  }

  /** As it is written on the command line. */
  static String label(Schedule schedule) {
    return schedule instanceof Schedule.Pct pct ? PCT_OF + pct.depth() : UNIFORM;
  }
}
