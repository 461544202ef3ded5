package io.heddle.scenarios.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.history.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
  private static final Member M = new Member("m1", 2);
  private static final TopicPartition P = new TopicPartition("a-topic", 3);

  /** One of each, with values that are not the defaults. */
  private static final List<Fact> ALL =
      List.of(
          new Fact.Appended(1, P, 4, "k", new Stamp(6, 1_764_000_000_123L)),
          new Fact.Removed(1_500_000, P, 1, 4),
          new Fact.Truncated(1_500_000, P, 3, 7, true),
          new Fact.Committed(2_000_000, "g", M, 5, P, 9, 7, "meta\n\"\u2028é"),
          new Fact.Committed(2_000_000, "g", M, 5, P, 8, 7, "", true),
          new Fact.CommitPending(2_000_001, "g", M, 5, P, 9),
          new Fact.Assigned(3_000_000, M, 6, List.of(P, new TopicPartition("b", 0))),
          new Fact.RevokeStarted(3_000_000, M, List.of(P)),
          new Fact.Revoked(3_000_000, M, List.of(P)),
          new Fact.Lost(3_000_000, M, List.of(P), "fenced", true, 4),
          new Fact.Regained(3_000_000, M, List.of()),
          new Fact.Replaced(3_000_000, M, new Member("m1", 4), 6),
          new Fact.Sought(3_000_000, M, P, 2),
          new Fact.Crashed(3_000_000, M),
          new Fact.Started(3_000_000, M, P, 2, "k", new Stamp(0, 12)),
          new Fact.Started(3_000_000, M, P, 3, "k"),
          new Fact.Ended(3_000_000, M, P, 2, "k"),
          new Fact.Completed(3_000_000, M, P, 2, "k", new Stamp(-1, 12)),
          new Fact.Completed(3_000_000, M, P, 3, "k"),
          new Fact.Visible(3_000_000, P, 2, new TopicPartition("in", 1), 8),
          new Fact.Stored(3_000_000, P, "k", List.of(1L, 2L)),
          new Fact.Healed(3_000_000),
          new Fact.Sent(3_000_000, M, "x#1", 12, P, 30, "v", Fact.Outcome.OK),
          new Fact.Sent(
              3_000_000, M, "", -1, new TopicPartition("b", -1), -1, "v", Fact.Outcome.UNKNOWN),
          new Fact.Sent(3_000_000, M, "", 3, P, -1, "v", Fact.Outcome.FAILED),
          new Fact.Polled(3_000_000, M, "x#1", P, 30, "v", false),
          new Fact.Moved(3_000_000, M, P),
          new Fact.OffsetSent(3_000_000, M, "x#1", "g", P, 31),
          new Fact.TransactionEnding(3_000_000, M, "x#1", true),
          new Fact.TransactionEnding(3_000_000, M, "x#1", false),
          new Fact.TransactionEnded(3_000_000, M, "x#1", Fact.Outcome.FAILED),
          new Fact.RunEnded(3_000_000, false, "stuck"),
          new Fact.RunEnded(Long.MAX_VALUE / 100, true, ""));

  private static String written(List<Fact> facts) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryWriter writer = new HistoryWriter(out)) {
      facts.forEach(writer);
    }
    return out.toString(UTF_8);
  }

  private static List<Fact> read(String text) throws Exception {
    List<Fact> facts = new ArrayList<>();
    long count = HistoryReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), facts::add);
    assertThat(count).isEqualTo(facts.size());
    return facts;
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    String text = written(ALL);

    assertThat(text.lines()).hasSize(ALL.size());
    assertThat(read(text)).containsExactlyElementsOf(ALL);
    // The list above has one of each event.
    assertThat(EventKind.labels()).allMatch(label -> text.contains("\"event\":\"" + label + "\""));
  }

  @Test
  void aPersonMayLeaveOutWhatDoesNotMatter() throws Exception {
    String text =
        """
        {"event":"sent","member":"w","partition":"t-0","offset":0,"value":"a"}

        {"ms":7.25,"event":"polled","member":"r","partition":"t-0","offset":0,"value":"a"}
        {"event":"polled","member":"r'2","partition":"t-0","offset":0,"value":"a"}\
        """;

    assertThat(read(text))
        .containsExactly(
            new Fact.Sent(0, new Member("w", 1), "", -1, at("t", 0), 0, "a", Fact.Outcome.OK),
            new Fact.Polled(7_250_000, new Member("r", 1), "", at("t", 0), 0, "a", true),
            new Fact.Polled(7_250_000, new Member("r", 2), "", at("t", 0), 0, "a", true));
  }

  private static TopicPartition at(String topic, int partition) {
    return new TopicPartition(topic, partition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense|no JSON object: Unrecognized token 'nonsense'",
        "[1]|a line has to be one JSON object",
        "{\"event\":\"healed\"} {}|there is more behind the JSON object",
        "{\"event\":\"healed\",\"event\":\"healed\"}|no JSON object: Duplicate field 'event'",
        "{}|event is missing",
        "{\"event\":7}|event must be a string, was 7",
        "{\"event\":\"strated\"}|event 'strated' is not known; did you mean 'started'?",
        "{\"event\":\"crashed\"}|crashed needs member",
        "{\"event\":\"crashed\",\"member\":\" \"}|member must be a name, was",
        "{\"event\":\"crashed\",\"member\":\"m'0\"}|member must be a name, with a life of 1",
        "{\"event\":\"healed\",\"mss\":1}|healed has no field 'mss'; did you mean 'ms'?",
        "{\"event\":\"healed\",\"ms\":-1}|ms must be from 0 to 999999999999, was -1",
        "{\"event\":\"healed\",\"ms\":1e999999999}|ms is out of range",
        "{\"event\":\"healed\",\"ms\":\"1\"}|ms must be a number, was 1",
        "{\"event\":\"healed\",\"ms\":null}|ms cannot be null or an object",
        "{\"event\":\"moved\",\"member\":\"m\",\"partition\":\"t\"}|partition must be TOPIC-NUMBER",
        "{\"event\":\"moved\",\"member\":\"m\",\"partition\":\"t-9999999999\"}|partition must be",
        "{\"event\":\"removed\",\"partition\":\"t-0\",\"from\":-1,\"to\":2}|from must be 0 or more",
        "{\"event\":\"removed\",\"partition\":\"t-0\",\"from\":1.5,\"to\":2}|from must be a whole",
        "{\"event\":\"sent\",\"member\":\"m\",\"partition\":\"t-0\",\"value\":\"v\"}|a send that"
            + " was",
        "{\"event\":\"transaction\",\"member\":\"m\",\"transaction\":\"x\",\"outcome\":\"ok\"}"
            + "|outcome 'ok' is not known; known: committed, aborted, unknown",
        "{\"event\":\"revoked\",\"member\":\"m\",\"partitions\":\"t-0\"}|partitions must be an"
            + " array",
        "{\"event\":\"revoked\",\"member\":\"m\",\"partitions\":[[1]]}|partitions must hold"
            + " strings",
      })
  void aWrongLineIsToldByItsNumberInOneLine(String line, String message) {
    String good = "{\"event\":\"healed\"}\n";

    assertThatThrownBy(() -> read(good + "\n" + line + "\n" + good))
        .isInstanceOf(HistoryException.class)
        .hasMessageStartingWith("line 3: " + message)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"))
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(300));
  }

  @Test
  void aLineThatIsTooLongOrNoTextIsRefused() {
    String longLine = "x".repeat(HistoryReader.MAX_LINE_BYTES + 1);

    assertThatThrownBy(() -> read(longLine))
        .hasMessage("line 1: a line has at most 1,000,000 bytes");
    assertThatThrownBy(
            () ->
                HistoryReader.read(
                    new ByteArrayInputStream(new byte[] {'\n', (byte) 0xFF}), fact -> {}))
        .hasMessage("line 2: this is not UTF-8");
  }

  @Test
  void manyLinesNeedNoRoom() throws Exception {
    String line = written(ALL.subList(0, 1));
    String text = Stream.generate(() -> line).limit(10_000).collect(Collectors.joining());

    assertThat(read(text)).hasSize(10_000);
  }

  @Test
  void theDocumentNamesEveryEventWithItsFields() throws Exception {
    String document = Files.readString(Path.of("../docs/HISTORY.md"));

    for (EventKind kind : EventKind.values()) {
      String row =
          document
              .lines()
              .filter(line -> line.matches("\\| [^|]*`" + kind.label() + "`[^|]*\\|.*"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(kind + " is not there"));
      assertThat(kind.known().stream().filter(name -> !List.of("ms", "event").contains(name)))
          .as(row)
          .allMatch(name -> row.contains("`" + name + "`"));
    }
  }
}
