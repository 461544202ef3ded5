package io.heddle.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.result.RunResult.FaultResult;
import io.heddle.scenarios.result.RunResult.InvariantResult;
import io.heddle.scenarios.result.RunResult.LatencySummary;
import io.heddle.scenarios.result.RunResult.Violation;
import io.heddle.scenarios.result.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as JSON: one object or array on one line. Latencies are in microseconds. */
final class JsonReports {
  private JsonReports() {}

  static String run(RunResult result) {
    return json(json -> run(json, result));
  }

  /**
   * The same, with what else it takes to have the run again.
   *
   * @param interrupted whether somebody ended it before its time
   */
  static String run(RunResult result, Identity identity, boolean interrupted) {
    return json(
        json -> {
          json.writeStartObject();
          fields(json, result);
          json.writeStringField("version", identity.version());
          json.writeStringField("scenarioHash", identity.scenarioHash());
          json.writeBooleanField("interrupted", interrupted);
          json.writeEndObject();
        });
  }

  /** Writes the result of a run as one object. */
  static void run(JsonGenerator json, RunResult result) throws IOException {
    json.writeStartObject();
    fields(json, result);
    json.writeEndObject();
  }

  /** Writes the result of a run as fields of the object that is open. */
  static void fields(JsonGenerator json, RunResult result) throws IOException {
    json.writeStringField("scenario", result.scenario());
    json.writeNumberField("seed", result.seed());
    json.writeStringField("verdict", result.verdict().label());
    json.writeStringField("kafka", result.kafka());
    violations(json, result.violations());
    invariants(json, result.invariants());
    faults(json, result.faults());
    notApplied(json, result);
    json.writeNumberField("records", result.records());
    json.writeNumberField("virtualMillis", result.virtualMillis());
    json.writeNumberField("wallMillis", result.wallMillis());
    optional(json, "traceHash", result.traceHash());
    json.writeObjectFieldStart("latency");
    latency(json, "service", result.service());
    latency(json, "response", result.response());
    json.writeEndObject();
    marks(json, result.marks());
  }

  static String check(String file, HistoryCheck check) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeStringField("history", file);
          json.writeNumberField("facts", check.facts());
          Verdict verdict = check.violations().isEmpty() ? Verdict.PASSED : Verdict.FAILED;
          json.writeStringField("verdict", verdict.label());
          violations(json, check.violations());
          invariants(json, check.invariants());
          json.writeEndObject();
        });
  }

  static String explore(ExploreSummary summary) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeStringField("scenario", summary.scenario());
          json.writeNumberField("seeds", summary.seeds());
          json.writeNumberField("passed", summary.passed());
          json.writeArrayFieldStart("failed");
          for (ExploreSummary.FailedSeed failed : summary.failed()) {
            json.writeStartObject();
            json.writeNumberField("seed", failed.seed());
            json.writeStringField("invariant", failed.invariant());
            json.writeStringField("message", failed.message());
            json.writeEndObject();
          }
          // Also told with the last seed, as it was before there was a field for it.
          for (ExploreSummary.Missing missing : summary.coverage()) {
            json.writeStartObject();
            json.writeNumberField("seed", summary.lastSeed());
            json.writeStringField("invariant", missing.name());
            json.writeStringField("message", missing.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          coverage(json, summary.coverage());
          json.writeStringField("asked", summary.asked().toString());
          json.writeBooleanField("interrupted", summary.interrupted());
          json.writeNumberField(
              "seedsPerSecond", Math.round(summary.seedsPerSecond() * 100) / 100.0);
          marks(json, summary.marks());
          json.writeEndObject();
        });
  }

  static String list(List<ScenarioSummary> scenarios) {
    return json(
        json -> {
          json.writeStartArray();
          for (ScenarioSummary scenario : scenarios) {
            json.writeStartObject();
            json.writeStringField("name", scenario.name());
            json.writeStringField("title", scenario.title());
            strings(json, "tags", scenario.tags());
            json.writeStringField("source", scenario.source());
            json.writeStringField("expects", scenario.expects());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static String tags(Map<String, Long> tags) {
    return json(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, Long> tag : tags.entrySet()) {
            json.writeNumberField(tag.getKey(), tag.getValue());
          }
          json.writeEndObject();
        });
  }

  private static void coverage(JsonGenerator json, List<ExploreSummary.Missing> coverage)
      throws IOException {
    json.writeArrayFieldStart("coverage");
    for (ExploreSummary.Missing missing : coverage) {
      json.writeStartObject();
      json.writeStringField("name", missing.name());
      json.writeStringField("message", missing.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void violations(JsonGenerator json, List<Violation> violations)
      throws IOException {
    json.writeArrayFieldStart("violations");
    for (Violation violation : violations) {
      json.writeStartObject();
      json.writeStringField("invariant", violation.invariant());
      json.writeStringField("message", violation.message());
      json.writeNumberField("atMillis", violation.atMillis());
      strings(json, "timeline", violation.timeline());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void invariants(JsonGenerator json, List<InvariantResult> invariants)
      throws IOException {
    json.writeArrayFieldStart("invariants");
    for (InvariantResult invariant : invariants) {
      json.writeStartObject();
      json.writeStringField("name", invariant.name());
      json.writeNumberField("facts", invariant.facts());
      json.writeStringField("verdict", invariant.verdict().label());
      if (invariant.note() != null) {
        json.writeStringField("note", invariant.note());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void faults(JsonGenerator json, List<FaultResult> faults) throws IOException {
    json.writeArrayFieldStart("faults");
    for (FaultResult fault : faults) {
      json.writeStartObject();
      json.writeStringField("name", fault.name());
      json.writeNumberField("fired", fault.fired());
      json.writeBooleanField("applied", fault.applied());
      if (fault.note() != null) {
        json.writeStringField("note", fault.note());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void notApplied(JsonGenerator json, RunResult result) throws IOException {
    json.writeArrayFieldStart("notApplied");
    for (FaultResult fault : result.faults()) {
      if (!fault.applied()) {
        json.writeString(fault.name());
      }
    }
    for (InvariantResult invariant : result.invariants()) {
      if (invariant.verdict() == Verdict.NOT_APPLIED) {
        json.writeString(invariant.name());
      }
    }
    json.writeEndArray();
  }

  static void latency(JsonGenerator json, String name, LatencySummary latency) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", latency.count());
    json.writeNumberField("p50", latency.p50());
    json.writeNumberField("p90", latency.p90());
    json.writeNumberField("p99", latency.p99());
    json.writeNumberField("p999", latency.p999());
    json.writeNumberField("max", latency.max());
    json.writeEndObject();
  }

  private static void marks(JsonGenerator json, Map<String, Long> marks) throws IOException {
    json.writeObjectFieldStart("marks");
    for (Map.Entry<String, Long> mark : marks.entrySet()) {
      json.writeNumberField(mark.getKey(), mark.getValue());
    }
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  /** What is written, as one line. */
  static String json(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** Writes one value. */
  interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
