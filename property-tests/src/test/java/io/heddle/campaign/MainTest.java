package io.heddle.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  /** Counts sheep; finds as many differences as there are black ones. */
  private record Sheep(long black) implements Campaign {
    @Override
    public String name() {
      return "sheep";
    }

    @Override
    public List<Option> options() {
      return List.of(Option.count("--sheep"), Option.seed());
    }

    @Override
    public Outcome run(Arguments arguments) {
      long count = arguments.count("--sheep");
      if (count == 13) {
        throw new IllegalStateException("the fence is broken");
      }
      List<String> failure = black == 0 ? List.of() : List.of("sheep 7 is \"black\"");
      return new Differential(
              "sheep", arguments.seed(), "sheep", count, 1, black, 0.25, List.of(), failure)
          .outcome();
    }
  }

  private record Ran(int exit, String out, String err) {}

  private static Ran run(long black, String words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> arguments = words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
    int exit =
        Main.run(
            List.of(new Sheep(black)),
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void asJsonItIsOneObjectAndNothingElse() {
    assertThat(run(0, "sheep --sheep 5 --seed 3 --format json"))
        .isEqualTo(
            new Ran(
                0,
                "{\"campaign\": \"sheep\", \"seed\": 3, \"count\": 5, \"differences\": 1,"
                    + " \"explained\": 1, \"unexplained\": 0, \"seconds\": 0.250}"
                    + System.lineSeparator(),
                ""));
  }

  @Test
  void anUnexplainedDifferenceIsToldOnStandardErrorWithExitCode1() {
    Ran ran = run(2, "sheep --format=json --sheep=5 --seed=-3");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("\"differences\": 3, \"explained\": 1, \"unexplained\": 2");
    assertThat(ran.err()).isEqualTo("sheep 7 is \"black\"" + System.lineSeparator());
  }

  @Test
  void aSeedIsDrawnAndTold() {
    assertThat(run(0, "sheep --sheep 5").out())
        .matches(
            "sheep: 5 sheep in 0\\.3 s, seed \\d+: 1 differences, 1 explained, 0 unexplained\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                          | which campaign? There are: sheep
          wolves                      | no campaign wolves; there are: sheep
          sheep                       | --sheep is missing; usage: campaign sheep --sheep N [--seed S] [--format json]
          sheep --sheep               | --sheep needs a value: --sheep N
          sheep --sheep 0             | --sheep is a whole number of at least 1, not 0
          sheep --sheep x             | --sheep is a whole number, not x
          sheep --sheep 1 --sheep 2   | --sheep is given twice
          sheep --sheep 1 --seed      | --seed needs a value: [--seed S]
          sheep --sheep 1 --seed 1.5  | --seed is a whole number, not 1.5
          sheep --sheep 1 --format md | --format is text or json, not md
          sheep --goats 1             | unknown option --goats; usage: campaign sheep --sheep N [--seed S] [--format json]
          """)
  void aMisuseIsToldInOneLine(String words, String line) {
    assertThat(run(0, words))
        .isEqualTo(new Ran(2, "", "campaign: " + line + System.lineSeparator()));
  }

  @Test
  void aThemeThatThereIsNotIsAMisuse() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exit =
        Main.run(
            Main.CAMPAIGNS,
            List.of("clients", "--traces", "1", "--themes", "groups,sheep"),
            System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("campaign: --themes: there is no sheep, only manual, groups, ")
        .hasLineCount(1);
  }

  @Test
  void aDefectOfTheCampaignIsNoDifference() {
    Ran ran = run(0, "sheep --sheep 13");

    assertThat(ran.exit()).isEqualTo(70);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("the fence is broken");
  }
}
