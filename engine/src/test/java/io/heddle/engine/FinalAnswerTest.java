package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Dead letters and partitions that stop. */
class FinalAnswerTest {
  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();

  private static UnaryOperator<EventSourceConfig> on(FailureStage stage, FailureHandling handling) {
    return config -> config.withOnFailure(stage, handling);
  }

  private ExecutionState handle(EventContext context, String value) {
    if (value.startsWith("bad")) {
      throw new IllegalArgumentException(value);
    }
    log.add(value);
    return ExecutionState.COMPLETE;
  }

  private AsyncJobScheduler<String, String> scheduler(Rig rig) {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              return call;
            },
            (context, key, value, failure) -> {
              if (failure != null) {
                throw failure;
              }
              return handle(context, value);
            },
            new SchedulerConfig(10, 100, 100));
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  private void end(Rig rig, String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  private void fail(Rig rig, String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.completeExceptionally(new IllegalStateException(value));
    rig.baton.settle();
  }

  private static Map<String, String> headers(ProducerRecord<?, ?> letter) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : letter.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }

  @Test
  void completesAnEventWhenItsDeadLetterIsAcknowledged() {
    Rig rig =
        new Rig(on(FailureStage.HANDLER, FailureHandling.deadLetter("dead")))
            .handling(this::handle)
            .start(0);
    rig.deliver(0, "bad", "b");

    rig.commit();
    assertThat(log).containsExactly("b");
    assertThat(rig.committed(0)).isEqualTo(-1);
    rig.producer.completeNext();
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(2);
    assertThat(rig.heard).contains("deadLettered in-0 0 dead");
  }

  @Test
  void putsIntoADeadLetterWhatItWasAndWhyItIsOne() {
    Rig rig = new Rig(on(FailureStage.PROCESSOR, FailureHandling.deadLetter("dead")));
    scheduler(rig);
    rig.start(0).deliver(4, "a1");
    fail(rig, "a1");

    ProducerRecord<byte[], byte[]> letter = rig.producer.history().get(0);
    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.value()).isEqualTo("a1".getBytes(UTF_8));
    assertThat(headers(letter))
        .containsExactly(
            Map.entry("heddle.dead-letter.topic", "in"),
            Map.entry("heddle.dead-letter.partition", "0"),
            Map.entry("heddle.dead-letter.offset", "4"),
            Map.entry("heddle.dead-letter.stage", "processor"),
            Map.entry("heddle.dead-letter.exception.class", "java.lang.IllegalStateException"),
            Map.entry("heddle.dead-letter.exception.message", "a1"),
            Map.entry("heddle.dead-letter.attempts", "1"));
  }

  @Test
  void stopsWhenADeadLetterCannotBeSentWhateverIsSkippedOtherwise() {
    Rig rig =
        new Rig(
                config ->
                    config
                        .withOnFailure(FailureStage.HANDLER, FailureHandling.deadLetter("dead"))
                        .withOnFailure(FailureStage.PRODUCE, FailureHandling.skip()))
            .handling(this::handle)
            .start(0);
    rig.deliver(0, "bad");
    rig.producer.errorNext(new RecordTooLargeException("large"));
    rig.baton.settle();

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.consumer.commits).isEmpty();
  }

  @Test
  void makesADeadLetterOfAnEventWhoseOutputCannotBeSent() {
    Rig rig =
        new Rig(on(FailureStage.PRODUCE, FailureHandling.deadLetter("dead")))
            .handling(
                (context, value) -> {
                  context.forward(new ProducerRecord<>("out", new byte[9]));
                  return ExecutionState.COMPLETE;
                })
            .start(0);
    rig.deliver(0, "a");
    rig.producer.errorNext(new RecordTooLargeException("large"));
    rig.baton.settle();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(-1);

    rig.producer.completeNext();
    rig.commit();
    assertThat(rig.producer.history().get(1).topic()).isEqualTo("dead");
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void stopsOnePartitionAndLetsTheOthersGoOn() {
    Rig rig =
        new Rig(on(FailureStage.HANDLER, FailureHandling.stopPartition()))
            .handling(this::handle)
            .start(0, 1);
    rig.deliver(0, "a", "bad", "c");
    rig.deliverTo(1, 0, "d");
    rig.commit();
    rig.deliver(3, "e");
    rig.deliverTo(1, 1, "f");
    rig.commit();

    assertThat(log).containsExactly("a", "d", "f");
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.committed(1)).isEqualTo(2);
    assertThat(rig.source.paused()).isEqualTo(Map.of(Rig.partition(0), PauseReason.STOPPED));
    assertThat(rig.source.stoppedPartitions()).containsOnlyKeys(Rig.partition(0));
    assertThat(rig.heard).contains("stopped in-0 1", "paused in-0 STOPPED");
    rig.stop();
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
  }

  @Test
  void finishesWhatLiesBeforeTheFailureThatStopsAPartitionAndNothingElse() {
    Rig rig = new Rig(on(FailureStage.PROCESSOR, FailureHandling.stopPartition()));
    AsyncJobScheduler<String, String> scheduler = scheduler(rig);
    rig.start(0).deliver(0, "a1", "a2", "b1", "b2", "c1");

    fail(rig, "b1");
    end(rig, "c1");
    end(rig, "a1");
    end(rig, "a2");
    rig.commit();

    assertThat(log).containsExactly("a1", "a2");
    assertThat(calls).isEmpty();
    assertThat(scheduler.activeKeys()).isZero();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void startsAStoppedPartitionAgainWhenItIsAssignedAnew() {
    Rig rig =
        new Rig(on(FailureStage.HANDLER, FailureHandling.stopPartition()))
            .handling(this::handle)
            .start(0);
    rig.deliver(0, "a", "bad");

    rig.revoke(0);
    rig.assign(0);
    rig.deliver(1, "good now");

    assertThat(log).containsExactly("a", "good now");
    assertThat(rig.source.stoppedPartitions()).isEmpty();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void stopsTheSourceWhenAHandlerThrowsAfterItHasScheduled() {
    Rig rig = new Rig(on(FailureStage.HANDLER, FailureHandling.skip()));
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> handle(context, value),
            SchedulerConfig.compute(1));
    rig.handling(
            (context, value) -> {
              var unused = scheduler.schedule(context, value, value);
              throw new IllegalArgumentException(value);
            })
        .start(0);
    rig.deliver(0, "a");

    assertThat(rig.source.failure().orElseThrow())
        .hasMessageContaining("it threw after it had handed the event on");
    assertThat(rig.consumer.commits).isEmpty();
  }
}
