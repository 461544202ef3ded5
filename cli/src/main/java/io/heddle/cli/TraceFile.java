package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
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
        file.get(),
        "the trace",
        out -> {
          try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8))) {
            return work.run(Optional.of(line -> write(writer, line)));
          }
        });
  }

  private static void write(Writer writer, String line) {
    try {
      writer.write(line);
      writer.write(System.lineSeparator());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
