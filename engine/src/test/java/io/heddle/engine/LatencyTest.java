package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** A record's way is measured stage by stage. */
class LatencyTest {
  private final Rig rig = new Rig(config -> config.withCommitInterval(Duration.ofSeconds(60)));
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();

  private void scheduling() {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              return call;
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            new SchedulerConfig(1, 100, 100));
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
  }

  private void end(String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  private StageLatency stage(String name) {
    return rig.source.latencies().stream()
        .filter(each -> each.stage().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void took(String stage, int count, int seconds) {
    assertThat(stage(stage).count()).as(stage).isEqualTo(count);
    assertThat((double) stage(stage).total().toNanos())
        .as(stage)
        .isCloseTo(seconds * 1e9, Percentage.withPercentage(1.7));
  }

  @Test
  void splitsAWayIntoItsStages() {
    scheduling();
    rig.source.sampleLatencies(1);
    rig.start(0).deliver(0, "a1", "a2", "b1");
    rig.advance(Duration.ofSeconds(2));
    end("a1");
    rig.advance(Duration.ofSeconds(3));
    end("b1");
    rig.advance(Duration.ofSeconds(5));
    end("a2");
    rig.advance(Duration.ofSeconds(55));

    took("strand", 3, 0);
    // a2 behind a1.
    took("scheduler-1.key", 3, 2);
    // b1 for a1's slot, then a2 for b1's: a key that comes again goes behind the others.
    took("scheduler-1.slot", 3, 2 + 3);
    took("scheduler-1.work", 3, 2 + 3 + 5);
    took("mailbox", 3, 0);
    // They wait for the commit from their completion on, whatever holds it back.
    assertThat(stage("commit").count()).isEqualTo(3);
    assertThat(stage("commit").max()).isBetween(Duration.ofSeconds(57), Duration.ofSeconds(60));
    assertThat(stage("scheduler-1.work").p50())
        .isBetween(Duration.ofSeconds(3), Duration.ofMillis(3060));
    assertThat(stage("scheduler-1.work").max()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void samplesEverySixteenthRecordUnlessToldOtherwise() {
    rig.handling((context, value) -> ExecutionState.COMPLETE);
    rig.start(0);
    for (int i = 0; i < 64; i++) {
      rig.deliver(i, "a");
    }
    assertThat(stage("strand").count()).isEqualTo(4);
    rig.source.sampleLatencies(0);
    for (int i = 64; i < 128; i++) {
      rig.deliver(i, "a");
    }

    assertThat(stage("strand").count()).isEqualTo(4);
  }

  @Test
  void measuresAnApplicationsOwnPart() {
    rig.handling(
        (context, value) -> {
          calls.put(value, new CompletableFuture<>());
          var unused =
              calls
                  .get(value)
                  .thenRun(() -> context.asyncJobComplete(() -> ExecutionState.COMPLETE));
          return ExecutionState.INCOMPLETE;
        });
    rig.start(0).deliver(0, "a");
    rig.advance(Duration.ofSeconds(4));
    end("a");

    took("application", 1, 4);
  }

  @Test
  void measuresBackoffsApart() {
    Rig retrying =
        new Rig(
            config ->
                config.withOnFailure(
                    FailureStage.PROCESSOR,
                    FailureHandling.skip().withRetries(2, Duration.ofSeconds(7))));
    int[] attempts = new int[1];
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            retrying.source,
            (key, value) -> {
              if (attempts[0]++ == 0) {
                throw new IllegalStateException(value);
              }
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            new SchedulerConfig(1, 1, 1));
    retrying.handling((context, value) -> scheduler.schedule(context, value, value));
    retrying.start(0).deliver(0, "a");
    retrying.advance(Duration.ofSeconds(8));

    StageLatency backoff =
        retrying.source.latencies().stream()
            .filter(each -> each.stage().equals("backoff"))
            .findFirst()
            .orElseThrow();
    assertThat(backoff.max()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void namesTheKeysWithTheMostToDo() {
    scheduling();
    AsyncBatcher<String, String> batcher =
        AsyncBatcher.blocking(
            rig.source, items -> {}, BatcherConfig.of(10, 1, Duration.ofMinutes(1)));
    rig.source.register(
        "batch",
        Rig::text,
        (context, value) ->
            batcher.add(
                new BatchItems<String, String>(
                        context, value, (c, items) -> ExecutionState.COMPLETE)
                    .add(List.of("x", "y", "z", "u", "v"))));
    rig.start(0).deliver(0, "a1", "b1", "a2", "c1", "a3", "b2");
    rig.consumer.add(typed("batch", 6, "k"));
    rig.advance(Duration.ofSeconds(3));

    assertThat(rig.source.hotKeys(3))
        .containsExactly(
            new HotKey("batcher-2", "k", 5, Duration.ofSeconds(3)),
            new HotKey("scheduler-1", "a", 3, Duration.ofSeconds(3)),
            new HotKey("scheduler-1", "b", 2, Duration.ofSeconds(3)));
    assertThat(rig.source.activeKeys())
        .containsExactly(entry("scheduler-1", 3), entry("batcher-2", 1));
  }

  private static ConsumerRecord<byte[], byte[]> typed(String type, long offset, String value) {
    ConsumerRecord<byte[], byte[]> record = Rig.record(0, offset, value);
    record.headers().add("__grt__", type.getBytes(UTF_8));
    return record;
  }

  @Test
  void countsWhatWasPolledAndCompletedAndWhatIsBehindAGap() {
    scheduling();
    rig.start(0, 1).deliver(0, "a1", "b1", "c1");
    end("a1");
    end("b1");
    assertThat(rig.source.statistics()).isEqualTo(new SourceStatistics(3, 6, 2, 2, 0, 1, 2, 0));
    end("c1");

    assertThat(rig.source.statistics()).isEqualTo(new SourceStatistics(3, 6, 3, 2, 0, 0, 0, 0));
  }

  @Test
  void pausesAPartitionWithTooMuchCompleteBehindAGap() {
    Rig gap = new Rig(config -> config.withFlow(FlowLimits.defaults().withMaxBehindGap(4)));
    gap.handling(
        (context, value) ->
            value.equals("slow") ? ExecutionState.INCOMPLETE : ExecutionState.COMPLETE);
    gap.start(0).deliver(0, "slow", "b", "c", "d");
    gap.advance(Duration.ofSeconds(1));
    assertThat(gap.source.paused()).isEmpty();
    gap.deliver(4, "e");
    gap.advance(Duration.ofSeconds(1));

    assertThat(gap.source.paused()).containsEntry(Rig.partition(0), PauseReason.COMMIT_GAP);
    assertThat(gap.source.statistics().behindGapRecords()).isEqualTo(4);
  }

  @Test
  void goesOnOnceTheGapIsClosed() {
    Rig gap = new Rig(config -> config.withFlow(FlowLimits.defaults().withMaxBehindGap(1)));
    EventContext[] slow = new EventContext[1];
    gap.handling(
        (context, value) -> {
          slow[0] = slow[0] == null ? context : slow[0];
          return slow[0] == context ? ExecutionState.INCOMPLETE : ExecutionState.COMPLETE;
        });
    gap.start(0).deliver(0, "slow", "b");
    gap.advance(Duration.ofSeconds(1));
    assertThat(gap.source.paused()).hasSize(1);

    slow[0].asyncJobComplete(() -> ExecutionState.COMPLETE);
    gap.baton.settle();

    assertThat(gap.source.paused()).isEmpty();
  }
}
