package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExploreSummaryTest {
  @ParameterizedTest
  @CsvSource({
    "1..100, 100, false, seeds 1..100",
    "1..100, 7, false, seeds 1..7 of 1..100",
    "5.., 7, false, seeds 5..11",
    "1..100, 7, true, after 7 of the seeds 1..100",
    "5.., 7, true, after 7 of the seeds 5..",
    "1..100, 0, true, before the first of the seeds 1..100 was over",
  })
  void saysWhatWasExploredOfWhatWasAskedFor(
      String asked, long seeds, boolean interrupted, String words) {
    ExploreSummary summary =
        new ExploreSummary(
            "x",
            SeedRange.parse(asked),
            seeds,
            seeds,
            List.of(),
            List.of(),
            interrupted,
            1,
            new TreeMap<>());

    assertThat(summary.explored()).isEqualTo(words);
    assertThat(MarkdownReport.explore(summary, Chosen.of("x")))
        .startsWith("## " + summary.verdict() + " x " + words + "\n");
  }
}
