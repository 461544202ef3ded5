package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/**
 * Says what went wrong in one line, in the user's words. A stack trace goes to a file. When the
 * program is interrupted, whatever fails does so for that reason, and nothing is said.
 */
final class Failures {
  private final PrintStream err;
  private final BooleanSupplier interrupted;

  Failures(PrintStream err, BooleanSupplier interrupted) {
    this.err = err;
    this.interrupted = interrupted;
  }

  ExitCode usage(ParameterException failure) {
    say(UsageMistake.words(failure));
    return ExitCode.USAGE;
  }

  ExitCode user(UserError failure) {
    say(firstLine(failure.getMessage()));
    return ExitCode.USAGE;
  }

  ExitCode internal(Throwable failure) {
    if (!interrupted.getAsBoolean()) {
      say("this is a defect of heddle itself; " + recorded(failure));
    }
    return ExitCode.INTERNAL_ERROR;
  }

  ExitCode unwritable(String why) {
    say("cannot write to standard output: " + why);
    return ExitCode.USAGE;
  }

  private void say(String message) {
    err.println("heddle: " + message);
  }

  private static String recorded(Throwable failure) {
    try {
      Path file = Files.createTempFile("heddle-error-", ".txt");
      try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, UTF_8))) {
        failure.printStackTrace(writer);
      }
      return "the details are in " + file;
    } catch (IOException e) {
      return "its details could not be written to the temporary directory";
    }
  }

  private static String firstLine(@Nullable String message) {
    return Objects.requireNonNullElse(message, "").lines().findFirst().orElse("");
  }
}
