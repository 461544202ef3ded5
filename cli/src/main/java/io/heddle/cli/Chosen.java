package io.heddle.cli;

import io.heddle.simulator.core.Schedule;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What a command line says is to be run.
 *
 * @param schedule in the place of the scenario's own
 */
record Chosen(String nameOrFile, Optional<Schedule> schedule) {
  /** The scenario by its own schedule. */
  static Chosen of(String nameOrFile) {
    return new Chosen(nameOrFile, Optional.empty());
  }

  static Chosen from(ParseResult arguments) {
    return new Chosen(
        Arguments.scenario(arguments),
        arguments.hasMatchedOption(Schedules.OPTION)
            ? Optional.of(arguments.matchedOptionValue(Schedules.OPTION, Schedule.UNIFORM))
            : Optional.empty());
  }

  /** Whoever runs it by that schedule. */
  Backend by(Backend backend) {
    return schedule.map(backend::by).orElse(backend);
  }

  /** The command that runs it with this seed. */
  String command(long seed) {
    String command = "heddle run " + Shell.quoted(nameOrFile) + " --seed " + seed;
    return command + schedule.map(each -> " " + Schedules.OPTION + " " + each.label()).orElse("");
  }
}
