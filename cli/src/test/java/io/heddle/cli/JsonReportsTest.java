package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonReportsTest {
  @Test
  void writesARunThatPassed() {
    assertThat(JsonReports.run(Samples.passed()))
        .isEqualTo(
            """
            {"scenario":"quickstart","seed":7,"verdict":"passed","kafka":"simulated",\
            "violations":[],\
            "invariants":[{"name":"key-order","facts":1000,"verdict":"passed"},\
            {"name":"commit-prefix","facts":120,"verdict":"passed"},\
            {"name":"clean-close","facts":1,"verdict":"passed"}],\
            "faults":[{"name":"drop-commit","fired":3,"applied":true},\
            {"name":"pause-client","fired":1,"applied":true}],\
            "notApplied":[],\
            "records":1000,"virtualMillis":14200,"wallMillis":310,\
            "traceHash":"9f86d081884c7d65",\
            "latency":{\
            "service":{"count":1000,"p50":8040,"p90":21300,"p99":80400,"p999":104000,"max":812000},\
            "response":{"count":1000,"p50":812,"p90":25000,"p99":1200000,"p999":12400000,\
            "max":754000000}},\
            "marks":{"commit.lost-race-with-revoke":4}}
            """);
  }

  @Test
  void writesViolationsAndWhatCouldNotBeApplied() {
    assertThat(JsonReports.run(Samples.failed()))
        .contains("\"verdict\":\"failed\"")
        .contains("{\"invariant\":\"key-order\",\"message\":\"again\",\"atMillis\":3300,")
        .contains(
            "{\"name\":\"ownership\",\"facts\":0,\"verdict\":\"vacuous\","
                + "\"note\":\"no partition changed hands\"}")
        .contains("\"notApplied\":[\"skew-clock\",\"isolation\"]");
  }

  @Test
  void writesNullForTheTraceHashOfARealKafka() {
    assertThat(JsonReports.run(Samples.violating("progress"))).contains("\"traceHash\":null,");
  }

  @Test
  void writesAnExploration() {
    assertThat(JsonReports.explore(Samples.explored()))
        .isEqualTo(
            """
            {"scenario":"naive-async","seeds":1000,"passed":997,"failed":[\
            {"seed":7,"invariant":"key-order","message":"12 began before 11 had ended"},\
            {"seed":9,"invariant":"threshold:p99","message":"p99 was 80 ms"},\
            {"seed":11,"invariant":"key-order","message":"other"}],\
            "coverage":[],"asked":"1..1000","interrupted":false,"seedsPerSecond":412.35,\
            "marks":{"batch.flush":0,"commit.lost-race-with-revoke":1204}}
            """);
  }

  @Test
  void writesWhatNoSeedReachedInAFieldOfItsOwn() {
    List<ExploreSummary.Missing> coverage =
        List.of(new ExploreSummary.Missing("unfired:crash", "never fired in any run"));

    assertThat(JsonReports.explore(Samples.explored(List.of(), coverage, true)))
        .contains("\"passed\":1000,\"failed\":[{\"seed\":1000,\"invariant\":\"unfired:crash\",")
        .contains(
            "\"coverage\":[{\"name\":\"unfired:crash\",\"message\":\"never fired in any run\"}]")
        .contains("\"interrupted\":true");
  }

  @Test
  void writesWhatIsLeftOfAScenario() {
    assertThat(ShrinkReport.json(Samples.shrunk()))
        .isEqualTo(
            """
            {"scenario":"naive-async","seed":7,"invariant":"key-order",\
            "message":"m1 started record orders-0@1 before it had ended record orders-0@0",\
            "file":"naive-async-shrunk.yaml","shrunkSeed":3,"traceHash":"9f86d081884c7d65",\
            "minimal":true,\
            "before":{"faults":5,"members":3,"topics":1,"partitions":6,"records":1000,"keys":50},\
            "after":{"faults":0,"members":1,"topics":1,"partitions":1,"records":2,"keys":1},\
            "candidates":80,"runs":412,"wallMillis":3100}
            """);
  }

  @Test
  void writesAListOfScenarios() {
    assertThat(JsonReports.list(Samples.scenarios()))
        .startsWith(
            "[{\"name\":\"quickstart\",\"title\":\"A first look\",\"tags\":[\"basics\",\"quick\"],"
                + "\"source\":\"built-in\",\"expects\":\"passed\"},{")
        .endsWith("\"expects\":\"key-order\"}]\n");
  }
}
