package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports as pages: one file that holds its data, its styles and its scripts, and asks no network
 * for anything.
 */
final class HtmlReport {
  /** The largest report that is read again. */
  static final long MOST_BYTES = 256L << 20;

  private static final String DATA_BEGINS = "<script type=\"application/json\" id=\"data\">";
  private static final String DATA_ENDS = "</script>";
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Pattern SLOT = Pattern.compile("@@([A-Z_]+)@@");

  private HtmlReport() {}

  /** A page about one run. */
  static String of(ReportedRun run) {
    return page(
        run.result().scenario() + " seed " + run.result().seed(),
        JsonReports.json(
            json -> {
              json.writeStartObject();
              json.writeStringField("version", Version.text());
              json.writeArrayFieldStart("runs");
              run.writeTo(json);
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  /**
   * A page about the runs of some pages side by side, the first of which is shown whole.
   *
   * @throws UserError if a file is not such a page
   */
  static String sideBySide(List<Path> pages) {
    List<String> datas = pages.stream().map(HtmlReport::data).toList();
    return page(
        "comparison of " + pages.size() + " runs",
        JsonReports.json(
            json -> {
              json.writeStartObject();
              json.writeStringField("version", Version.text());
              json.writeArrayFieldStart("runs");
              for (int i = 0; i < datas.size(); i++) {
                copyRuns(datas.get(i), pages.get(i), json);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private static void copyRuns(String data, Path page, com.fasterxml.jackson.core.JsonGenerator to)
      throws IOException {
    try (JsonParser from = new JsonFactory().createParser(data)) {
      while (from.nextToken() != null) {
        if (from.currentToken() == JsonToken.FIELD_NAME && from.currentName().equals("runs")) {
          JsonToken array = from.nextToken();
          if (array != JsonToken.START_ARRAY) {
            throw new UserError(page + " is not a report of heddle run");
          }
          while (from.nextToken() == JsonToken.START_OBJECT) {
            copyRun(from, page, to);
          }
          return;
        }
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
      throw new UserError(page + " is damaged: " + broken.getOriginalMessage(), broken);
    }
    throw new UserError(page + " is not a report of heddle run");
  }

  /** Copies a run, with the file's name for a name. */
  private static void copyRun(
      JsonParser from, Path page, com.fasterxml.jackson.core.JsonGenerator to) throws IOException {
    to.writeStartObject();
    to.writeStringField("name", String.valueOf(page.getFileName()));
    while (from.nextToken() == JsonToken.FIELD_NAME) {
      String field = from.currentName();
      from.nextToken();
      if (field.equals("name")) {
        from.skipChildren();
      } else {
        to.writeFieldName(field);
        to.copyCurrentStructure(from);
      }
    }
    to.writeEndObject();
  }

  private static String data(Path page) {
    try {
      if (Files.size(page) > MOST_BYTES) {
        throw new UserError(
            "%s is larger than %d MiB, and so no report of heddle run"
                .formatted(page, MOST_BYTES >> 20));
      }
      String text = Files.readString(page, UTF_8);
      int begin = text.indexOf(DATA_BEGINS);
      int end = begin < 0 ? -1 : text.indexOf(DATA_ENDS, begin);
      if (end < 0) {
        throw new UserError(page + " is not a report of heddle run");
      }
      return text.substring(begin + DATA_BEGINS.length(), end);
    } catch (java.nio.charset.CharacterCodingException binary) {
      throw new UserError(page + " is not a report of heddle run", binary);
    } catch (IOException unreadable) {
      throw new UserError("cannot read " + page + ": " + Input.reason(unreadable), unreadable);
    }
  }

  private static String page(String title, String data) {
    Map<String, String> slots =
        Map.of(
            "TITLE",
            escaped(title),
            "VERSION",
            escaped(Version.text()),
            // Neither an end tag nor a comment begins without it, and JSON has it in strings only.
            "DATA",
            data.strip().replace("<", "\\u003c"),
            "CSS",
            resource("report/report.css"),
            "JS",
            resource("report/report.js"),
            "UPLOT_CSS",
            resource(CHARTS + "uPlot.min.css"),
            "UPLOT_JS",
            resource(CHARTS + "uPlot.iife.min.js"));
    String template = resource("report/report.html");
    StringBuilder page = new StringBuilder(template.length() + data.length() + 100_000);
    Matcher slot = SLOT.matcher(template);
    int copied = 0;
    List<String> unknown = new ArrayList<>();
    while (slot.find()) {
      String filling = slots.get(slot.group(1));
      if (filling == null) {
        unknown.add(slot.group(1));
        continue;
      }
      page.append(template, copied, slot.start()).append(filling);
      copied = slot.end();
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("report.html has slots that nothing fills: " + unknown);
    }
    return page.append(template, copied, template.length()).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
