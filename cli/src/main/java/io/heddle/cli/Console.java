package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where the program writes.
 *
 * @param style how text on {@code out} looks
 * @param progress whether a line on {@code err} may be drawn over
 */
record Console(PrintStream out, PrintStream err, Style style, boolean progress) {
  /**
   * The console of this process. Always in UTF-8; the launcher knows which of the two streams is a
   * terminal, and how many columns it has, and says so in the system properties {@code
   * heddle.terminal} and {@code heddle.columns}.
   */
  static Console ofProcess(String terminal, String columns, Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean colours = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(
        new StandardOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        terminal.contains("out") ? Style.ofTerminal(colours, columns) : Style.PLAIN,
        terminal.contains("err") && !dumb);
  }
}
