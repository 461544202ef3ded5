package io.heddle.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.heddle.scenarios.load.LoadResult;
import io.heddle.scenarios.report.CommitGaps;
import io.heddle.scenarios.report.FailureScene;
import io.heddle.scenarios.report.FaultTimes;
import io.heddle.scenarios.report.Quantiles;
import io.heddle.scenarios.report.RunHistory;
import io.heddle.scenarios.report.Tenures;
import io.heddle.scenarios.report.TimeBuckets;
import io.heddle.scenarios.result.RunResult;
import io.heddle.simulator.history.Fact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A run as the data of a page.
 *
 * @param command runs it again
 * @param settings the scenario as it was run
 * @param interrupted whether somebody ended it before its time
 * @param load what was measured besides, if it was run under load
 */
record ReportedRun(
    RunResult result,
    RunHistory history,
    String command,
    String settings,
    boolean interrupted,
    Optional<LoadResult> load) {
  /** How many partitions have a line of their own. */
  static final int MOST_PARTITIONS = 16;

  /** A run without load that came to its end. */
  ReportedRun(RunResult result, RunHistory history, String command, String settings) {
    this(result, history, command, settings, false, Optional.empty());
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", result.scenario() + " seed " + result.seed());
    json.writeFieldName("result");
    JsonReports.run(json, result);
    json.writeBooleanField("interrupted", interrupted);
    json.writeFieldName("load");
    if (load.isPresent()) {
      json.writeStartObject();
      LoadJson.fields(json, load.get());
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeStringField("command", command);
    json.writeStringField("settings", settings);
    json.writeObjectFieldStart("curves");
    curve(json, "service", history.serviceCurve());
    curve(json, "response", history.responseCurve());
    json.writeEndObject();
    time(json, history.buckets());
    strikes(json, history.faults());
    if (history.healedNanos().isPresent()) {
      millis(json, "healedMillis", history.healedNanos().getAsLong());
    } else {
      json.writeNullField("healedMillis");
    }
    tenures(json, history.tenures());
    gaps(json, history.gaps());
    scene(json, history.scene());
    json.writeEndObject();
  }

  private static void curve(JsonGenerator json, String name, List<Quantiles.Point> points)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Quantiles.Point point : points) {
      json.writeStartArray();
      json.writeNumber(point.percentile());
      json.writeNumber(point.micros());
      json.writeNumber(point.count());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void time(JsonGenerator json, TimeBuckets buckets) throws IOException {
    json.writeObjectFieldStart("time");
    millis(json, "widthMillis", buckets.widthNanos());
    json.writeObjectFieldStart("service");
    series(json, "p50", buckets, bucket -> bucket.service(50));
    series(json, "p99", buckets, bucket -> bucket.service(99));
    json.writeEndObject();
    json.writeObjectFieldStart("response");
    series(json, "p50", buckets, bucket -> bucket.response(50));
    series(json, "p99", buckets, bucket -> bucket.response(99));
    series(json, "max", buckets, bucket -> bucket.response(100));
    json.writeEndObject();
    series(json, "appended", buckets, TimeBuckets.Bucket::appended);
    series(json, "completed", buckets, TimeBuckets.Bucket::completed);
    lags(json, buckets);
    json.writeEndObject();
  }

  private static void series(
      JsonGenerator json,
      String name,
      TimeBuckets buckets,
      Function<TimeBuckets.Bucket, @Nullable Long> value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (TimeBuckets.Bucket bucket : buckets.all()) {
      Long number = value.apply(bucket);
      if (number == null) {
        json.writeNull();
      } else {
        json.writeNumber(number);
      }
    }
    json.writeEndArray();
  }

  /** The lag of one partition at the end of each span. */
  private record Lag(TopicPartition partition, List<Long> values, List<Long> completed) {
    long most() {
      return values.isEmpty() ? 0 : Collections.max(values);
    }
  }

  private static void lags(JsonGenerator json, TimeBuckets buckets) throws IOException {
    List<Lag> lags = new ArrayList<>();
    for (TopicPartition partition : buckets.partitions()) {
      List<Long> values = new ArrayList<>();
      long last = 0;
      for (TimeBuckets.Bucket bucket : buckets.all()) {
        Long lag = bucket.lag(partition);
        last = lag == null ? last : lag;
        values.add(last);
      }
      List<Long> completed =
          buckets.all().stream().map(bucket -> bucket.completed(partition)).toList();
      lags.add(new Lag(partition, values, completed));
    }
    List<Lag> shown = lags;
    if (lags.size() > MOST_PARTITIONS) {
      Set<Lag> largest =
          new LinkedHashSet<>(
              lags.stream()
                  .sorted(Comparator.comparingLong(Lag::most).reversed())
                  .limit(MOST_PARTITIONS)
                  .toList());
      shown = lags.stream().filter(largest::contains).toList();
    }
    json.writeArrayFieldStart("lag");
    for (Lag lag : shown) {
      json.writeStartObject();
      json.writeStringField("partition", lag.partition().toString());
      numbers(json, "values", lag.values());
      numbers(json, "completed", lag.completed());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("partitionsLeftOut", lags.size() - shown.size());
  }

  private static void numbers(JsonGenerator json, String name, List<Long> numbers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void strikes(JsonGenerator json, FaultTimes faults) throws IOException {
    json.writeArrayFieldStart("strikes");
    for (FaultTimes.Strike strike : faults.all()) {
      json.writeStartArray();
      json.writeString(strike.fault());
      json.writeNumber(strike.atNanos() / 1e6);
      json.writeNumber(strike.lastsNanos() / 1e6);
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeNumberField("strikesLeftOut", faults.leftOut());
  }

  private static void tenures(JsonGenerator json, Tenures tenures) throws IOException {
    json.writeArrayFieldStart("tenures");
    for (Tenures.Tenure tenure : tenures.all()) {
      json.writeStartArray();
      json.writeString(tenure.member().toString());
      json.writeString(tenure.partition().toString());
      json.writeNumber(tenure.generation());
      json.writeNumber(tenure.fromNanos() / 1e6);
      json.writeNumber(tenure.toNanos() / 1e6);
      json.writeString(tenure.end());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeNumberField("tenuresLeftOut", tenures.leftOut());
  }

  private static void gaps(JsonGenerator json, CommitGaps gaps) throws IOException {
    json.writeArrayFieldStart("gaps");
    for (CommitGaps.Gap gap : gaps.longest()) {
      json.writeStartObject();
      json.writeStringField("partition", gap.partition().toString());
      json.writeNumberField("offset", gap.offset());
      json.writeStringField("key", gap.key());
      millis(json, "fromMillis", gap.fromNanos());
      millis(json, "toMillis", gap.toNanos());
      json.writeNumberField("behind", gap.behind());
      json.writeBooleanField("ended", gap.ended());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void scene(JsonGenerator json, FailureScene scene) throws IOException {
    if (scene.violation().isEmpty()) {
      json.writeNullField("scene");
      return;
    }
    var violation = scene.violation().get();
    json.writeObjectFieldStart("scene");
    json.writeStringField("invariant", violation.invariant());
    json.writeStringField("message", violation.message());
    millis(json, "atMillis", violation.atNanos());
    if (scene.partition().isPresent()) {
      json.writeStringField("partition", scene.partition().get().toString());
    } else {
      json.writeNullField("partition");
    }
    Set<String> keys = new LinkedHashSet<>();
    Set<Long> offsets = new LinkedHashSet<>();
    for (Fact fact : violation.timeline()) {
      if (fact instanceof Fact.Started started) {
        keys.add(started.key());
        offsets.add(started.offset());
      } else if (fact instanceof Fact.Ended ended) {
        keys.add(ended.key());
        offsets.add(ended.offset());
      } else if (fact instanceof Fact.Completed completed) {
        keys.add(completed.key());
        offsets.add(completed.offset());
      } else if (fact instanceof Fact.Appended appended) {
        keys.add(appended.key());
        offsets.add(appended.offset());
      }
    }
    json.writeArrayFieldStart("keys");
    for (String key : keys) {
      json.writeString(key);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("offsets");
    for (long offset : offsets) {
      json.writeNumber(offset);
    }
    json.writeEndArray();
    json.writeNumberField("leftOut", scene.leftOut());
    json.writeArrayFieldStart("facts");
    for (Fact fact : scene.facts()) {
      if (fact instanceof Fact.Started started) {
        fact(json, "started", fact, started.member().toString(), started.offset(), started.key());
      } else if (fact instanceof Fact.Ended ended) {
        fact(json, "ended", fact, ended.member().toString(), ended.offset(), ended.key());
      } else if (fact instanceof Fact.Committed committed) {
        fact(json, "committed", fact, committed.member().toString(), committed.offset(), null);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void fact(
      JsonGenerator json, String kind, Fact fact, String member, long offset, @Nullable String key)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("k", kind);
    json.writeNumberField("t", fact.atNanos() / 1e6);
    json.writeStringField("m", member);
    json.writeNumberField("o", offset);
    if (key != null) {
      json.writeStringField("key", key);
    }
    json.writeEndObject();
  }

  private static void millis(JsonGenerator json, String name, long nanos) throws IOException {
    json.writeNumberField(name, nanos / 1e6);
  }
}
