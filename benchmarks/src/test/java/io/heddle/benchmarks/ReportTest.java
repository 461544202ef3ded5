package io.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Report report =
      new Report(
          List.of(new Report.Row("keys-10k-1ms", "heddle", 1_234_567.8, 1, 2e7, "records/s")),
          List.of(new Report.Ratio("keys-10k-1ms", "heddle", "pc", 3.456)));

  @Test
  void isOneObjectOfRowsAndRatios() {
    assertThat(report.json())
        .isEqualTo(
            "{\"rows\":[{\"workload\":\"keys-10k-1ms\",\"arm\":\"heddle\",\"median\":1234567.8,"
                + "\"min\":1.0,\"max\":2.0E7,\"unit\":\"records/s\"}],\"ratios\":[{\"workload\":"
                + "\"keys-10k-1ms\",\"of\":\"heddle\",\"to\":\"pc\",\"value\":3.456}]}");
  }

  @Test
  void isATableOfEightyColumns() {
    assertThat(report.table())
        .isEqualTo(
            """
            workload       arm           median          min          max  unit
            keys-10k-1ms   heddle     1,234,568          1.0   20,000,000  records/s

            keys-10k-1ms   heddle  to pc          3.46
            """);
    assertThat(report.table().lines()).allMatch(line -> line.length() <= 80);
  }
}
