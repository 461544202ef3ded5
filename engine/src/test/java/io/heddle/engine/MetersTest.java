package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.micrometer.MeteredListener;
import io.heddle.engine.micrometer.SourceMeters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Pattern METER =
      Pattern.compile("^\\| `(heddle\\.[a-z.]+)`", Pattern.MULTILINE);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void readWhatTheSourceCounts() {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> new CompletableFuture<Void>(),
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            new SchedulerConfig(10, 10, 10));
    rig.handling(
        (context, value) ->
            value.startsWith("a")
                ? scheduler.schedule(context, value, value)
                : ExecutionState.COMPLETE);
    new SourceMeters(rig.source, "source", "orders").bindTo(registry);
    rig.start(0).deliver(0, "b", "a", "a", "bb");
    rig.advance(Duration.ofSeconds(3));

    assertThat(value("heddle.records.polled")).isEqualTo(4);
    assertThat(value("heddle.bytes.polled")).isEqualTo(5);
    assertThat(value("heddle.records.completed")).isEqualTo(2);
    assertThat(value("heddle.records.in.flight")).isEqualTo(2);
    assertThat(value("heddle.records.behind.gap")).isEqualTo(1);
    assertThat(value("heddle.keys.active", "stage", "scheduler-1")).isEqualTo(1);
    assertThat(value("heddle.keys.hottest", "stage", "scheduler-1")).isEqualTo(2);
    assertThat(value("heddle.state", "state", "RUNNING")).isEqualTo(1);
    assertThat(value("heddle.state", "state", "FAILED")).isZero();
    assertThat(
            registry
                .get("heddle.commit.blocked")
                .tag("source", "orders")
                .timeGauge()
                .value(TimeUnit.SECONDS))
        .isEqualTo(3);
    assertThat(registry.get("heddle.latency").tag("stage", "strand").functionTimer().count())
        .isEqualTo(1);
  }

  @Test
  void countWhatTheSourceTells() {
    MeteredListener listener = new MeteredListener(registry, new EngineListener() {}, "app", "x");
    listener.assigned(Set.of(Rig.partition(0), Rig.partition(1)));
    listener.retrying(
        Rig.partition(0), 1, FailureStage.HANDLER, 1, Duration.ZERO, new IllegalStateException());
    listener.committed(Map.of());

    assertThat(value("heddle.rebalanced.partitions", "how", "assigned")).isEqualTo(2);
    assertThat(value("heddle.retries", "stage", "HANDLER")).isEqualTo(1);
    assertThat(value("heddle.commits", "outcome", "acknowledged")).isEqualTo(1);
    assertThat(value("heddle.events.skipped")).isZero();
  }

  @Test
  void areAllInTheirDocument() throws IOException {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> unused =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            SchedulerConfig.compute(1));
    assertThat(unused.name()).isEqualTo("scheduler-1");
    new SourceMeters(rig.source).bindTo(registry);
    assertThat(new MeteredListener(registry, new EngineListener() {})).isNotNull();
    Set<String> registered = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      registered.add(meter.getId().getName());
    }
    String page = Files.readString(Path.of("../docs/METRICS.md"));
    Set<String> documented = new TreeSet<>();
    Matcher matcher = METER.matcher(page);
    while (matcher.find()) {
      documented.add(matcher.group(1));
    }

    assertThat(documented).isEqualTo(registered);
    rig.source.latencies().stream()
        .map(stage -> stage.stage().replace("scheduler-1", "NAME"))
        .forEach(stage -> assertThat(page).contains("`" + stage + "`"));
  }

  private double value(String name, String... tags) {
    Meter meter = registry.get(name).tags(tags).meter();
    return meter.measure().iterator().next().getValue();
  }
}
