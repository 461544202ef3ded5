package io.heddle.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A trace on its way into a file, line by line. */
final class TraceFile {
  /** What makes the lines. */
  interface Work<T> {
    T run(Optional<Consumer<String>> lines) throws Exception;
  }

  private TraceFile() {}

  /** Does something that makes a trace, and writes that to a file, if there is to be one. */
  static <T> T during(Optional<Path> file, Work<T> work) throws Exception {
    if (file.isEmpty()) {
      return work.run(Optional.empty());
    }
    return Output.writing(
        file.get(), "the trace", writer -> work.run(Optional.of(line -> write(writer, line))));
  }

  private static void write(BufferedWriter writer, String line) {
    try {
      writer.write(line);
      writer.newLine();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
