package io.heddle.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The files that a command was asked to write when its work is done. One that cannot be written
 * keeps none of the others from being written. Not thread-safe.
 */
final class Outputs {
  private final ParseResult arguments;
  private @Nullable UserError first;

  Outputs(ParseResult arguments) {
    this.arguments = arguments;
  }

  /**
   * Writes a text to the file that an option names, if it is given.
   *
   * @param what the text is, for a message
   */
  void write(String option, String what, Supplier<String> text) {
    Arguments.file(option, arguments)
        .ifPresent(
            file -> {
              try {
                Output.write(file, text.get(), what);
              } catch (UserError failed) {
                first = Optional.ofNullable(first).orElse(failed);
              }
            });
  }

  /**
   * Says what came of it.
   *
   * @throws UserError for the first file that could not be written
   */
  void end() {
    if (first != null) {
      throw first;
    }
  }
}
