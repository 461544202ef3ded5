package io.heddle.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heddle.scenarios.load.LoadMeasurements;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.load.Phase;
import java.io.IOException;
import java.util.Locale;

/** The result of a run under load as JSON: that of any run, and what is measured besides. */
final class LoadJson {
  private LoadJson() {}

  static String of(LoadResult result) {
    return JsonReports.json(
        json -> {
          json.writeStartObject();
          JsonReports.fields(json, result.run());
          fields(json, result);
          json.writeEndObject();
        });
  }

  /** Writes what a load has besides a run, as fields of the object that is open. */
  static void fields(JsonGenerator json, LoadResult result) throws IOException {
    LoadMeasurements measured = result.measurements();
    json.writeNumberField("achievedRate", rounded(measured.achievedRate()));
    if (measured.targetRate().isPresent()) {
      json.writeNumberField("targetRate", rounded(measured.targetRate().getAsDouble()));
    } else {
      json.writeNullField("targetRate");
    }
    json.writeNumberField("closedLoop", result.plan().closedLoop());
    json.writeBooleanField("interrupted", measured.endedEarly());
    json.writeNumberField("failedSends", measured.failedSends());
    json.writeNumberField("uncommitted", measured.uncommitted());
    json.writeBooleanField("checked", result.plan().checks());
    json.writeNumberField("checkMillis", measured.checkNanos() / 1_000_000);
    json.writeArrayFieldStart("phases");
    for (LoadMeasurements.OfPhase each : measured.phases()) {
      Phase phase = each.phase();
      json.writeStartObject();
      json.writeStringField("name", phase.name());
      json.writeStringField("kind", phase.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.writeNumberField("fromMillis", phase.fromNanos() / 1_000_000);
      json.writeNumberField("seconds", each.seconds());
      if (Double.isNaN(phase.toRate())) {
        json.writeNullField("targetRate");
      } else {
        json.writeNumberField("targetRate", rounded((phase.fromRate() + phase.toRate()) / 2));
      }
      json.writeNumberField("achievedRate", rounded(each.achievedRate()));
      JsonReports.latency(json, "service", each.service());
      JsonReports.latency(json, "response", each.response());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("stages");
    for (LoadMeasurements.OfStage each : measured.stages()) {
      JsonReports.latency(json, each.stage(), each.latency());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("partitions");
    for (LoadMeasurements.OfPartition each : measured.partitions()) {
      json.writeStartObject();
      json.writeStringField("partition", each.partition());
      JsonReports.latency(json, "service", each.service());
      JsonReports.latency(json, "response", each.response());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static double rounded(double rate) {
    return Math.round(rate * 100) / 100.0;
  }
}
