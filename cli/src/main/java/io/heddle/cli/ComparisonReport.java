package io.heddle.cli;

import io.heddle.scenarios.load.LoadComparison.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What changed from one run under load to another. */
final class ComparisonReport {
  private ComparisonReport() {}

  static String text(Path a, Path b, List<Change> changes, Style style) {
    Page page = new Page(style);
    page.paragraph("response times of " + a + " (A) and " + b + " (B)", 2);
    page.gap();
    Table table = new Table("lrrrrl").row("", "A", "B", "change", "95 % interval", "");
    for (Change each : changes) {
      boolean rate = each.name().equals("rate");
      table.row(
          "  " + each.name(),
          value(each.a(), rate),
          value(each.b(), rate),
          percent(each.change()),
          percent(each.low()) + " to " + percent(each.high()),
          verdict(each, rate, style.colours()));
    }
    table.printTo(page);
    return page.toString();
  }

  private static String value(double value, boolean rate) {
    return rate ? Units.threeDigits(value) + "/s" : Units.micros(Math.round(value / 1_000));
  }

  private static String percent(double share) {
    return Double.isInfinite(share)
        ? "∞"
        : String.format(Locale.ROOT, "%+.1f %%", Math.round(share * 1_000) / 10.0 + 0.0);
  }

  private static String verdict(Change change, boolean rate, boolean colours) {
    if (!change.isShown()) {
      return "no change shown";
    }
    boolean more = change.low() > 0;
    String word = rate ? (more ? "more" : "less") : more ? "slower" : "faster";
    UnaryOperator<String> paint = more == rate ? Style.COLOURS::good : Style.COLOURS::bad;
    return colours ? paint.apply(word) : word;
  }

  static String json(Path a, Path b, List<Change> changes) {
    return JsonReports.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("a", a.toString());
          json.writeStringField("b", b.toString());
          json.writeArrayFieldStart("changes");
          for (Change each : changes) {
            boolean rate = each.name().equals("rate");
            json.writeStartObject();
            json.writeStringField("name", each.name());
            json.writeStringField("unit", rate ? "per second" : "microseconds");
            json.writeNumberField("a", rate ? each.a() : each.a() / 1_000);
            json.writeNumberField("b", rate ? each.b() : each.b() / 1_000);
            finite(json, "change", each.change());
            finite(json, "low", each.low());
            finite(json, "high", each.high());
            json.writeBooleanField("shown", each.isShown());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void finite(
      com.fasterxml.jackson.core.JsonGenerator json, String name, double value)
      throws java.io.IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
