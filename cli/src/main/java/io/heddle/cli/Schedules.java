package io.heddle.cli;

import io.heddle.simulator.core.Schedule;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Schedules on the command line. */
final class Schedules {
  static final String OPTION = "--schedule";

  private Schedules() {}

  static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("SCHEDULE")
        .type(Schedule.class)
        .converters(Arguments.converter(Schedule::of))
        .completionCandidates(List.of("uniform", "pct"))
        .description(
            "In which order happens what is due at the same time: uniform (every order alike) or"
                + " pct[:DEPTH] (by priorities, of which DEPTH - 1 change); the scenario's own if"
                + " not given.")
        .build();
  }
}
