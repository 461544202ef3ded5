package io.heddle.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.shrink.Shrunk;
import io.heddle.scenarios.shrink.Size;
import java.io.IOException;

/** What is left of a failing scenario, next to what it was. */
final class ShrinkReport {
  private final ShrinkSummary summary;
  private final Style style;

  ShrinkReport(ShrinkSummary summary, Style style) {
    this.summary = summary;
    this.style = style;
  }

  String text() {
    Shrunk shrunk = summary.shrunk();
    Page page = new Page(style);
    String line =
        Page.dotted(
            "SHRUNK " + summary.scenario() + " seed " + summary.seed(),
            Units.count(shrunk.runs(), "run"),
            Units.duration(summary.wallMillis()),
            shrunk.finished() ? "minimal" : "the time was up");
    page.paragraph(line, 2, "SHRUNK", style::good);
    page.gap();
    sizes(shrunk.before(), shrunk.after()).printTo(page);
    RunReport.violation(page, shrunk.violation(), style);
    page.gap()
        .paragraph(
            "saved: "
                + summary.file()
                + ", which fails alike each time (trace "
                + shrunk.traceHash()
                + ")",
            2);
    page.paragraph("replay: heddle run " + Shell.quoted(summary.file().toString()), 2);
    return page.toString();
  }

  private static Table sizes(Size before, Size after) {
    Table table = new Table("lrr").row("", "before", "after");
    row(table, "faults", before.faults(), after.faults());
    row(table, "members", before.members(), after.members());
    row(table, "topics", before.topics(), after.topics());
    row(table, "partitions", before.partitions(), after.partitions());
    row(table, "records", before.records(), after.records());
    row(table, "keys", before.keys(), after.keys());
    return table;
  }

  private static void row(Table table, String name, long before, long after) {
    table.row("  " + name, Units.count(before), Units.count(after));
  }

  static String json(ShrinkSummary summary) {
    Shrunk shrunk = summary.shrunk();
    Violation violation = shrunk.violation();
    return JsonReports.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("scenario", summary.scenario());
          json.writeNumberField("seed", summary.seed());
          json.writeStringField("invariant", violation.invariant());
          json.writeStringField("message", violation.message());
          json.writeStringField("file", summary.file().toString());
          json.writeNumberField("shrunkSeed", shrunk.seed());
          json.writeStringField("traceHash", shrunk.traceHash());
          json.writeBooleanField("minimal", shrunk.finished());
          size(json, "before", shrunk.before());
          size(json, "after", shrunk.after());
          json.writeNumberField("candidates", shrunk.candidates());
          json.writeNumberField("runs", shrunk.runs());
          json.writeNumberField("wallMillis", summary.wallMillis());
          json.writeEndObject();
        });
  }

  private static void size(JsonGenerator json, String name, Size size) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("faults", size.faults());
    json.writeNumberField("members", size.members());
    json.writeNumberField("topics", size.topics());
    json.writeNumberField("partitions", size.partitions());
    json.writeNumberField("records", size.records());
    json.writeNumberField("keys", size.keys());
    json.writeEndObject();
  }
}
