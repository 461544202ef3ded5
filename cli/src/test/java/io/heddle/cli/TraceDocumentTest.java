package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.simulator.check.FactFormat;
import io.heddle.simulator.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document says what the traces are like. */
final class TraceDocumentTest {
  private static final Pattern COLUMN =
      Pattern.compile("\\| (time|process|event|details) \\| (\\d+) \\| (\\d+|rest) \\|.*");
  private static final Pattern WORD = Pattern.compile("\\| `([a-z-]+)` \\|.*");

  @Test
  void saysWhereEachColumnIs() throws IOException {
    List<String> lines = new ArrayList<>();
    new Trace(lines::add).event(1_500_000_123, "m1", "lost-reply", 0, () -> "broker=0 a b");

    assertThat(cut(lines.get(0), columns()))
        .containsExactly(" 1500.000123", "m1      ", "lost-reply        ", "broker=0 a b");
  }

  @Test
  void showsLinesThatAreLikeThat() throws IOException {
    List<int[]> columns = columns();

    assertThat(example())
        .hasSize(4)
        .allSatisfy(
            line -> {
              List<String> cells = cut(line, columns);
              assertThat(cells.get(0)).matches(" *\\d+\\.\\d{6}");
              assertThat(events()).contains(cells.get(2).strip());
              assertThat(cells.get(3)).isNotBlank();
              assertThat(cells.get(3).strip()).isEqualTo(line.strip().split(" +", 4)[3]);
            });
  }

  @Test
  void namesEveryEventAndFactOfTheShippedScenarios() throws Exception {
    Set<String> events = new TreeSet<>();
    Set<String> facts = new TreeSet<>();
    for (ScenarioLibrary.Entry entry : ScenarioLibrary.list()) {
      if (entry.tags().contains("long")) {
        continue;
      }
      Scenario scenario = ScenarioLibrary.load(entry.name());
      RunOptions options =
          RunOptions.DEFAULT
              .withoutCoverage()
              .withTrace(
                  line -> {
                    String[] cells = line.strip().split(" +", 7);
                    events.add(cells[2]);
                    if (cells[2].equals("fact")) {
                      facts.add(cells[5]);
                    }
                  });
      var unused = ScenarioRunner.simulate(scenario, scenario.seeds().from(), options);
    }

    assertThat(events()).containsAll(events);
    assertThat(factWords()).containsAll(facts);
    assertThat(facts).contains("appended", "started", "finished");
  }

  @Test
  void describesTheColumnsOfAFact() throws IOException {
    assertThat(document()).contains("six columns");
    assertThat(FactFormat.header().strip().split(" +")).hasSize(6);
  }

  private static List<String> cut(String line, List<int[]> columns) {
    List<String> cells = new ArrayList<>();
    for (int[] column : columns) {
      int end = column[1] < 0 ? line.length() : column[0] + column[1];
      cells.add(line.substring(column[0], Math.min(line.length(), end)));
    }
    return cells;
  }

  private static List<int[]> columns() throws IOException {
    List<int[]> columns = new ArrayList<>();
    for (String line : document().lines().toList()) {
      Matcher matcher = COLUMN.matcher(line);
      if (matcher.matches()) {
        String width = matcher.group(3);
        columns.add(
            new int[] {
              Integer.parseInt(matcher.group(2)) - 1,
              width.equals("rest") ? -1 : Integer.parseInt(width)
            });
      }
    }
    assertThat(columns).hasSize(4);
    return columns;
  }

  private static List<String> example() throws IOException {
    return document()
        .lines()
        .dropWhile(line -> !line.equals("```"))
        .skip(1)
        .takeWhile(line -> !line.equals("```"))
        .toList();
  }

  private static Set<String> events() throws IOException {
    return words("## Events");
  }

  private static Set<String> factWords() throws IOException {
    return words("## Facts");
  }

  private static Set<String> words(String heading) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    document()
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .map(WORD::matcher)
        .filter(Matcher::matches)
        .forEach(matcher -> words.add(matcher.group(1)));
    assertThat(words).isNotEmpty();
    return words;
  }

  private static String document() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/TRACE.md"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no docs/TRACE.md above the working directory");
      }
    }
    return Files.readString(folder.resolve("docs/TRACE.md"));
  }
}
