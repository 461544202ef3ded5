package io.heddle.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One of the program's commands. */
interface Command {
  /** What it is called and what it takes. */
  CommandSpec spec();

  /** How it is used, on one line. */
  String example();

  /** Does it. */
  ExitCode call(ParseResult arguments, Backend backend, Console console);
}
