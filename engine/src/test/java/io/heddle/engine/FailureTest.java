package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class FailureTest {
  private final List<String> handled = new ArrayList<>();

  private ExecutionState handle(EventContext context, String value) {
    if (value.startsWith("bad")) {
      throw new IllegalArgumentException(value);
    }
    handled.add(value);
    return ExecutionState.COMPLETE;
  }

  @Test
  void stopsTheSourceAndCommitsNothingPastAHandlerThatThrows() {
    Rig rig = new Rig().handling(this::handle).start(0);

    rig.deliver(0, "a", "b", "bad", "c");

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.source.failure().orElseThrow())
        .isInstanceOf(EventFailedException.class)
        .hasMessage("handler of in-0@2 failed: java.lang.IllegalArgumentException: bad");
    assertThat(rig.committed(0)).isEqualTo(2);
    assertThat(handled).containsExactly("a", "b");
    assertThat(rig.consumer.closed).isTrue();
  }

  @Test
  void stopsTheSourceWhenAFinalizerThrows() {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> handle(context, value),
            SchedulerConfig.compute(1));
    rig.handling((context, value) -> scheduler.schedule(context, value, value)).start(0);

    rig.deliver(0, "a", "bad", "c");

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void waitsForWhatRunsElsewhereBeforeItLeaves() {
    Rig rig = new Rig();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              calls.add(new CompletableFuture<>());
              return calls.get(0);
            },
            (context, key, value, failure) -> handle(context, value),
            SchedulerConfig.compute(1));
    rig.handling(
        (context, value) ->
            value.startsWith("job")
                ? scheduler.schedule(context, value, value)
                : handle(context, value));
    rig.start(0, 1);
    rig.deliverTo(1, 0, "job");

    rig.deliver(0, "bad");
    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.consumer.closed).isFalse();
    calls.get(0).complete(null);
    rig.baton.settle();

    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.committed(1)).isEqualTo(1);
    assertThat(rig.committed(0)).isEqualTo(-1);
  }

  @Test
  void skipsWhatFailsIfThePolicySaysSo() {
    Rig rig =
        new Rig(config -> config.withOnFailure(FailureStage.HANDLER, FailureHandling.skip()))
            .handling(this::handle)
            .start(0);

    rig.deliver(0, "a", "bad", "c");
    rig.commit();

    assertThat(handled).containsExactly("a", "c");
    assertThat(rig.committed(0)).isEqualTo(3);
    assertThat(rig.heard).contains("skipped in-0 1");
  }

  @Test
  void stopsTheSourceWhenARecordCannotBeDecoded() {
    Rig rig = new Rig();
    rig.source.registerDefault(FailureTest::refuse, this::handle);
    rig.start(0).deliver(0, "a");

    assertThat(rig.source.failure().orElseThrow())
        .hasMessage("decoder of in-0@0 failed: java.lang.IllegalStateException: not readable");
    assertThat(rig.consumer.commits).isEmpty();
  }

  @Test
  void skipsWhatCannotBeDecodedIfThePolicySaysSo() {
    Rig rig = new Rig(config -> config.withOnFailure(FailureStage.DECODE, FailureHandling.skip()));
    rig.source.registerDefault(FailureTest::refuse, this::handle);
    rig.start(0).deliver(0, "a");
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void choosesTheHandlerByTheTypeHeader() {
    Rig rig = new Rig();
    rig.source
        .register("order", Rig::text, (context, value) -> handle(context, "order " + value))
        .registerDefault(Rig::text, (context, value) -> handle(context, "other " + value));
    rig.start(0);
    rig.consumer.add(typed(0, "order", "a"));
    rig.consumer.add(typed(1, "invoice", "b"));
    rig.deliver(2, "c");

    assertThat(handled).containsExactly("order a", "other b", "other c");
  }

  @Test
  void namesATypeThatNobodyHandles() {
    Rig rig = new Rig();
    rig.source.register("order", Rig::text, this::handle);
    rig.start(0);
    rig.consumer.add(typed(0, "invoice", "b"));
    rig.baton.settle();

    assertThat(rig.source.failure().orElseThrow())
        .hasMessageContaining(
            "there is no handler for event type 'invoice' and no default handler");
  }

  @Test
  void namesAMissingTypeHeader() {
    Rig rig = new Rig();
    rig.source.register("order", Rig::text, this::handle);
    rig.start(0).deliver(0, "a");

    assertThat(rig.source.failure().orElseThrow())
        .hasMessageContaining("the record has no header '__grt__' and there is no default handler");
  }

  @Test
  void refusesAHandlerThatCompletesWhatItScheduled() {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            SchedulerConfig.compute(1));
    rig.handling(
        (context, value) -> {
          var unused = scheduler.schedule(context, value, value);
          return ExecutionState.COMPLETE;
        });

    rig.start(0).deliver(0, "a");

    assertThat(rig.source.failure().orElseThrow())
        .hasMessageContaining("it returned COMPLETE for an event that it has scheduled");
    assertThat(rig.consumer.commits).isEmpty();
  }

  @Test
  void refusesDuplicateAndLateRegistrations() {
    EventSource source = new Rig().handling(this::handle).source;

    assertThatThrownBy(() -> source.registerDefault(Rig::text, this::handle))
        .isInstanceOf(IllegalArgumentException.class);
    source.register("a", Rig::text, this::handle);
    assertThatThrownBy(() -> source.register("a", Rig::text, this::handle))
        .hasMessage("eventType must be registered once, was 'a' again");
    source.start();
    assertThatThrownBy(() -> source.register("b", Rig::text, this::handle))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(source::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesToStartWithoutAHandler() {
    assertThatThrownBy(new Rig().source::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("register a handler before the start");
  }

  private static String refuse(ConsumerRecord<byte[], byte[]> record) {
    throw new IllegalStateException("not readable");
  }

  private static ConsumerRecord<byte[], byte[]> typed(long offset, String type, String value) {
    ConsumerRecord<byte[], byte[]> record = Rig.record(0, offset, value);
    record.headers().add("__grt__", type.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return record;
  }
}
