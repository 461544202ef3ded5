package io.heddle.scenarios.replay;

import io.heddle.simulator.choice.Recording;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Recordings as text: a head of names and values, the scenario, and the decisions of each stream,
 * those below the same bound on one line. The last line says that nothing is missing.
 */
public final class RecordingFile {
  private static final String FIRST = "heddle-recording 1";
  private static final String LAST = "end";
  private static final int MOST_ON_A_LINE = 200;

  private RecordingFile() {}

  /** Writes a recording. */
  public static String write(RunRecording recording) {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    line(text, "version", recording.version());
    line(text, "seed", Long.toString(recording.seed()));
    line(text, "scenario-hash", recording.scenarioHash());
    line(text, "trace-hash", recording.traceHash());
    line(text, "violation", recording.violation().orElse("none"));
    List<String> scenario = recording.scenario().lines().toList();
    line(text, "scenario", Integer.toString(scenario.size()));
    scenario.forEach(line -> text.append(line).append('\n'));
    recording.choices().streams().forEach((name, draws) -> stream(text, name, draws));
    return text.append(LAST).append('\n').toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void stream(StringBuilder text, String name, Recording.Draws draws) {
    line(text, "stream", draws.size() + " " + name);
    int onLine = 0;
    for (int i = 0; i < draws.size(); i++) {
      boolean fresh = i == 0 || draws.bound(i) != draws.bound(i - 1) || onLine == MOST_ON_A_LINE;
      if (fresh) {
        text.append(i == 0 ? "" : "\n").append("below ").append(draws.bound(i)).append(':');
        onLine = 0;
      }
      text.append(' ').append(draws.value(i));
      onLine++;
    }
    text.append(draws.size() == 0 ? "" : "\n");
  }

  /**
   * Reads a recording.
   *
   * @throws IllegalArgumentException if it is none, or damaged; the message says in which line
   */
  public static RunRecording parse(String text) {
    Lines lines = new Lines(text.lines().iterator());
    if (!lines.hasNext() || !lines.next().equals(FIRST)) {
      throw new IllegalArgumentException("it does not begin with '" + FIRST + "'");
    }
    try {
      String version = lines.value("version");
      long seed = Long.parseLong(lines.value("seed"));
      String hash = lines.value("scenario-hash");
      String traceHash = lines.value("trace-hash");
      String violation = lines.value("violation");
      int length = Integer.parseInt(lines.value("scenario"));
      StringBuilder scenario = new StringBuilder();
      for (int i = 0; i < length; i++) {
        scenario.append(lines.next()).append('\n');
      }
      lines.check(RunRecording.hash(scenario.toString()).equals(hash), "the scenario was changed");
      TreeMap<String, Recording.Draws> streams = new TreeMap<>();
      String line = lines.next();
      while (!line.equals(LAST)) {
        line = stream(line, lines, streams);
      }
      return new RunRecording(
          version,
          seed,
          scenario.toString(),
          traceHash,
          violation.equals("none") ? Optional.empty() : Optional.of(violation),
          new Recording(streams));
    } catch (NumberFormatException odd) {
      throw new IllegalArgumentException("line " + lines.count() + ": a number is damaged", odd);
    }
  }

  /** Reads a stream that begins with this line; returns the line after it. */
  private static String stream(String head, Lines lines, Map<String, Recording.Draws> streams) {
    String[] words = head.split(" ", 3);
    lines.check(words.length == 3 && words[0].equals("stream"), "no stream begins here");
    int size = Integer.parseInt(words[1]);
    Recording.Draws draws = new Recording.Draws();
    lines.check(streams.put(words[2], draws) == null, "the stream is there already");
    String line = lines.next();
    while (line.startsWith("below ")) {
      int colon = line.indexOf(':');
      lines.check(colon > 0, "the bound is damaged");
      long bound = Long.parseLong(line.substring("below ".length(), colon));
      for (String value : line.substring(colon + 1).strip().split(" ", -1)) {
        long drawn = Long.parseLong(value);
        lines.check(drawn >= 0 && drawn < bound, "a decision is not below its bound");
        draws.add(drawn, bound);
      }
      line = lines.next();
    }
    lines.check(draws.size() == size, "the stream has " + draws.size() + " decisions, not " + size);
    return line;
  }

  /** Lines, counted. */
  private static final class Lines {
    private final Iterator<String> rest;
    private int count;

    Lines(Iterator<String> rest) {
      this.rest = rest;
    }

    boolean hasNext() {
      return rest.hasNext();
    }

    int count() {
      return count;
    }

    String next() {
      check(rest.hasNext(), "the rest is missing");
      count++;
      return rest.next();
    }

    String value(String name) {
      String line = next();
      check(line.startsWith(name + " "), "'" + name + "' was expected");
      return line.substring(name.length() + 1);
    }

    void check(boolean condition, String problem) {
      if (!condition) {
        throw new IllegalArgumentException("line " + count + ": " + problem);
      }
    }
  }
}
