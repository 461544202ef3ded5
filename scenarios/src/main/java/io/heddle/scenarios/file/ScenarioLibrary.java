package io.heddle.scenarios.file;

import io.heddle.scenarios.model.About;
import io.heddle.scenarios.model.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The scenarios that come with Heddle. */
public final class ScenarioLibrary {
  private static final String FOLDER = "/io/heddle/scenarios/library/";
  private static final int LINE = 80;
  private static final Folder SHELF = new Shelf();
  private static final List<String> NAMES =
      List.of(
          "quickstart",
          "naive-async",
          "head-of-line",
          "slow-key",
          "hot-key",
          "many-keys",
          "lag-burst",
          "black-friday",
          "day-of-traffic",
          "recorded-traffic",
          "rebalance-storm",
          "rolling-restart",
          "static-members",
          "dynamic-members",
          "static-twin",
          "twin-refused",
          "zombie",
          "revoke-deadline",
          "commit-lost",
          "refusals",
          "cut-off",
          "wrong-clocks",
          "rolling-brokers",
          "coordinator-forgets",
          "retention-passes",
          "compacted",
          "unclean-election",
          "topic-recreated",
          "partitions-added",
          "flaky-work",
          "dead-letters",
          "poison-pills",
          "hung-calls",
          "batched-writes",
          "clockwork",
          "exactly-once",
          "late-end",
          "producer-fenced",
          "open-transactions",
          "aborted-orders",
          "store-restore",
          "swarm");

  private ScenarioLibrary() {}

  /**
   * What a list of scenarios shows of one.
   *
   * @param outcome how it is meant to end, as in {@link io.heddle.scenarios.model.Expect#outcome()}
   */
  public record Entry(
      String name, String title, List<String> tags, String source, String outcome) {}

  /** What all of them are called, the simplest first. */
  public static List<String> names() {
    return NAMES;
  }

  /** All of them, the simplest first. */
  public static List<Entry> list() {
    return NAMES.stream().map(ScenarioLibrary::shipped).map(ScenarioLibrary::entry).toList();
  }

  /**
   * Loads a scenario that comes with Heddle, by its name, or one from a file. A name that is
   * shipped is never looked for among the files; write {@code ./quickstart} for a file of that
   * name.
   *
   * @throws ScenarioException if there is no such scenario, or the file holds none
   */
  public static Scenario load(String nameOrPath) {
    if (NAMES.contains(nameOrPath)) {
      return shipped(nameOrPath);
    }
    Path path = path(nameOrPath);
    if (looksLikePath(nameOrPath) || (!nameOrPath.isBlank() && Files.exists(path))) {
      return ScenarioReader.read(path);
    }
    throw unknown(nameOrPath);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException noPath) {
      throw unknown(name);
    }
  }

  private static boolean looksLikePath(String name) {
    return name.contains("/")
        || name.contains("\\")
        || name.endsWith(".yaml")
        || name.endsWith(".yml");
  }

  private static ScenarioException unknown(String name) {
    // There are too many to name them all. With the tool's name before it, it fits into one line of
    // a terminal.
    String hint =
        Nearest.to(name, NAMES)
            .map(near -> "; nearest: " + near + " (heddle list)")
            .orElse("; see heddle list");
    String start = "no scenario ";
    int room = LINE - "heddle: ".length() - start.length() - "'…'".length() - hint.length();
    return ScenarioException.of(start + ScenarioException.quoted(name, room) + hint);
  }

  private static Scenario shipped(String name) {
    String file = name + ".yaml";
    return ScenarioReader.read(SHELF.shown(file), resource(file), SHELF);
  }

  private static byte[] resource(String file) {
    try (InputStream in = ScenarioLibrary.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new AssertionError("the library lacks its resource " + file);
      }
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException("the library's resource " + file + " is damaged", failure);
    }
  }

  /** Where shipped scenarios find what they include and replay: among the resources. */
  private static final class Shelf implements Folder {
    @Override
    public byte[] read(Node node, String name, int largest) {
      return resource(name);
    }

    @Override
    public String shown(String name) {
      return "library/" + name;
    }
  }

  private static Entry entry(Scenario scenario) {
    About about = scenario.about();
    return new Entry(
        about.name(), about.title(), about.tags(), about.source(), scenario.expect().outcome());
  }
}
