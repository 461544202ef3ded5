package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final String LOG = "in-changes";
  private static final TopicPartition LOG_0 = new TopicPartition(LOG, 0);
  private static final StoreConfig CONFIG = StoreConfig.of("texts", LOG).withoutCreation();

  private final List<String> seen = new ArrayList<>();
  private final Map<String, EventContext> waiting = new TreeMap<>();

  private static Rig rig() {
    Rig rig = new Rig();
    rig.changeLogs.topics.put(LOG, 1);
    return rig;
  }

  private static KeyValueStore<String, String> texts(Rig rig) {
    return KeyValueStore.inMemory(rig.source, CONFIG, Codecs.strings(), Codecs.strings());
  }

  /** Appends what comes to the entry of its first letter, and says what was there before. */
  private Rig appending(Rig rig) {
    KeyValueStore<String, String> texts = texts(rig);
    return rig.handling(
        (context, value) -> {
          append(texts, context, value);
          return ExecutionState.COMPLETE;
        });
  }

  private void append(KeyValueStore<String, String> texts, EventContext context, String value) {
    String key = value.substring(0, 1);
    String before = texts.get(context, key).orElse("");
    seen.add(key + "=" + before);
    texts.put(context, key, before + value.charAt(1));
  }

  private static List<String> changes(Rig rig) {
    return rig.producer.history().stream().map(StoreTest::text).toList();
  }

  private static String text(ProducerRecord<byte[], byte[]> record) {
    return "%s-%d %s=%s"
        .formatted(
            record.topic(),
            record.partition(),
            new String(record.key(), UTF_8),
            record.value() == null ? "" : new String(record.value(), UTF_8));
  }

  @Test
  void isRestoredBeforeTheFirstRecord() {
    Rig rig = appending(rig());
    rig.changeLogs.change(LOG_0, "a", "old").change(LOG_0, "b", "gone").change(LOG_0, "a", "new");
    rig.changeLogs.change(LOG_0, "b", null);

    rig.start(0).deliver(0, "a1", "b1");

    assertThat(seen).containsExactly("a=new", "b=");
    assertThat(rig.heard).contains("restoring in-0 texts up to 4", "restored in-0 texts of 4");
    assertThat(rig.activated).containsExactly(Rig.partition(0));
    assertThat(rig.changeLogs.asked)
        .containsExactly(IsolationLevel.READ_COMMITTED, IsolationLevel.READ_UNCOMMITTED);
  }

  @Test
  void isCompleteOnlyWhenItsChangesAreAcknowledged() {
    Rig rig = appending(rig()).start(0);
    rig.deliver(0, "a1", "a2");
    rig.commit();

    assertThat(changes(rig)).containsExactly("in-changes-0 a=1", "in-changes-0 a=12");
    assertThat(rig.committed(0)).isEqualTo(-1);
    assertThat(rig.producer.completeNext()).isTrue();
    rig.baton.settle();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void whatAFailedCallbackWroteIsForgotten() {
    Rig rig =
        new Rig(
            config ->
                config.withOnFailure(
                    FailureStage.HANDLER,
                    FailureHandling.stop().withRetries(2, Duration.ofMillis(5))));
    rig.changeLogs.topics.put(LOG, 1);
    KeyValueStore<String, String> texts = texts(rig);
    rig.handling(
            (context, value) -> {
              append(texts, context, value);
              append(texts, context, value);
              if (seen.size() == 2) {
                throw new IllegalStateException("once");
              }
              return ExecutionState.COMPLETE;
            })
        .start(0)
        .deliver(0, "a1");
    rig.advance(Duration.ofSeconds(1));

    assertThat(seen).containsExactly("a=", "a=1", "a=", "a=1");
    assertThat(changes(rig)).containsExactly("in-changes-0 a=1", "in-changes-0 a=11");
  }

  @Test
  void deletesWithATombstoneAndReadsInOrder() {
    Rig rig = rig();
    rig.changeLogs.change(LOG_0, "c", "3").change(LOG_0, "a", "1").change(LOG_0, "b", "2");
    KeyValueStore<String, String> texts = texts(rig);
    List<String> found = new ArrayList<>();
    rig.handling(
            (context, value) -> {
              texts.delete(context, "b");
              texts.delete(context, "nothing");
              texts.put(context, "bb", "22");
              texts.all(context).forEach(entry -> found.add(entry.key() + entry.value()));
              texts
                  .range(context, "b", "c")
                  .forEach(entry -> found.add("in range: " + entry.key()));
              texts.range(context, "c", "b").forEach(entry -> found.add("backwards"));
              return ExecutionState.COMPLETE;
            })
        .start(0)
        .deliver(0, "x");

    assertThat(found).containsExactly("a1", "bb22", "c3", "in range: bb");
    assertThat(changes(rig)).containsExactly("in-changes-0 b=", "in-changes-0 bb=22");
  }

  @Test
  void handsOutCopies() {
    Rig rig = rig();
    KeyValueStore<byte[], byte[]> bytes =
        KeyValueStore.inMemory(rig.source, CONFIG, Codecs.bytes(), Codecs.bytes());
    byte[] key = {1};
    byte[] put = {2};
    rig.handling(
            (context, value) -> {
              bytes.put(context, key, put);
              put[0] = 3;
              byte[] got = bytes.get(context, key).orElseThrow();
              seen.add("got " + got[0]);
              got[0] = 4;
              bytes.all(context).get(0).key()[0] = 5;
              seen.add("got " + bytes.get(context, key).orElseThrow()[0]);
              return ExecutionState.COMPLETE;
            })
        .start(0)
        .deliver(0, "x");

    assertThat(seen).containsExactly("got 2", "got 2");
    assertThat(rig.producer.history().get(0).value()).containsExactly(2);
  }

  @Test
  void theGuardNamesBothAccessesAndTheSourceStops() {
    Rig rig = rig();
    KeyValueStore<String, String> texts = texts(rig);
    rig.handling(
            (context, value) -> {
              waiting.put(value, context);
              return ExecutionState.INCOMPLETE;
            })
        .start(0)
        .deliver(0, "a1", "a2", "b1");
    finish(rig, "a2", texts);
    finish(rig, "b1", texts);
    assertThat(rig.source.failure()).isEmpty();

    finish(rig, "a1", texts);

    assertThat(rig.source.failure().orElseThrow().getCause())
        .isInstanceOf(StoreAccessException.class)
        .hasMessage(
            "accesses to an entry must ascend in the order of its partition: entry 'a' of store"
                + " 'texts' was written by the completion of in-0@1, and then was to be read by the"
                + " completion of in-0@0");
    assertThat(seen).containsExactly("a=", "b=");
    rig.stop();
    assertThat(rig.committed(0)).isEqualTo(-1);
  }

  private void finish(Rig rig, String value, KeyValueStore<String, String> texts) {
    EventContext context = taken(value);
    context.asyncJobComplete(
        () -> {
          append(texts, context, value);
          return ExecutionState.COMPLETE;
        });
    rig.baton.settle();
  }

  private EventContext taken(String value) {
    EventContext context = waiting.remove(value);
    if (context == null) {
      throw new AssertionError("nobody waits for " + value);
    }
    return context;
  }

  @Test
  void anEntryReadByTheHandlerAndWrittenByTheFinalizerIsCaught() {
    Rig rig = rig();
    KeyValueStore<String, String> texts = texts(rig);
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> {
              texts.put(context, key, value);
              return ExecutionState.COMPLETE;
            },
            SchedulerConfig.wideNetwork());
    rig.handling(
            (context, value) -> {
              assertThat(texts.get(context, "a")).isEmpty();
              return scheduler.schedule(context, "a", value);
            })
        .start(0)
        .deliver(0, "1", "2");

    assertThat(rig.source.failure().orElseThrow().getCause())
        .hasMessageContaining("was read by the handler of in-0@1")
        .hasMessageContaining("written by the finalizer of scheduler-1 of in-0@0");
  }

  @Test
  void aHintIsNotGuarded() {
    Rig rig = rig();
    KeyValueStore<String, String> texts = texts(rig);
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> {
              append(texts, context, key + value);
              return ExecutionState.COMPLETE;
            },
            SchedulerConfig.wideNetwork());
    rig.handling(
            (context, value) -> {
              assertThat(texts.peek(context, "a")).isEmpty();
              return scheduler.schedule(context, "a", value);
            })
        .start(0)
        .deliver(0, "1", "2");

    assertThat(rig.source.failure()).isEmpty();
    assertThat(seen).containsExactly("a=", "a=1");
  }

  @Test
  void aProcessorCannotReachTheStore() {
    Rig rig = rig();
    KeyValueStore<String, String> texts = texts(rig);
    AsyncJobScheduler<String, EventContext> scheduler =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, context) -> texts.put(context, key, "from a processor"),
            (context, key, value, failure) -> {
              seen.add(String.valueOf(failure));
              return ExecutionState.COMPLETE;
            },
            SchedulerConfig.wideNetwork());
    rig.handling((context, value) -> scheduler.schedule(context, value, context))
        .start(0)
        .deliver(0, "a");

    assertThat(seen)
        .containsExactly(
            "java.lang.IllegalStateException: store of in-0@0 must be called by its handler or"
                + " finalizer");
    assertThat(changes(rig)).isEmpty();
  }

  @Test
  void nothingCanBeRecordedAfterTheCompletion() {
    Rig rig = rig();
    StoreHandle<StateStore> handle =
        rig.source.addStore(CONFIG, StateStore.class, partition -> change -> {});
    rig.handling(
            (context, value) -> {
              waiting.put(value, context);
              return ExecutionState.COMPLETE;
            })
        .start(0)
        .deliver(0, "a");

    EventContext late = taken("a");
    assertThatThrownBy(
            () -> late.recordChange(handle, ChangeLogEntry.of(new byte[] {1}, new byte[] {2})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("recordChange of in-0@0 must be called by its handler");
  }

  @Test
  void aChangeThatCannotBeWrittenStopsTheSource() {
    Rig rig = appending(rig()).start(0);
    rig.deliver(0, "a1", "a2");

    assertThat(rig.producer.errorNext(new TimeoutException("too late"))).isTrue();
    rig.baton.settle();

    assertThat(rig.source.failure().orElseThrow())
        .isInstanceOf(EventFailedException.class)
        .hasMessageContaining("output");
    assertThat(changes(rig)).hasSize(2);
  }

  @Test
  void aStoreThatIsRevokedIsToldAfterTheLastCallback() {
    Rig rig = rig();
    StoreHandle<StateStore> handle =
        rig.source.addStore(
            CONFIG,
            StateStore.class,
            partition ->
                new StateStore() {
                  @Override
                  public void receiveChange(ConsumerRecord<byte[], byte[]> change) {
                    seen.add("change");
                  }

                  @Override
                  public void revoked() {
                    seen.add("revoked");
                  }
                });
    rig.handling(
            (context, value) -> {
              waiting.put(value, context);
              return ExecutionState.INCOMPLETE;
            })
        .start(0)
        .deliver(0, "a");
    rig.revoke(0);
    EventContext context = taken("a");
    context.asyncJobComplete(
        () -> {
          assertThat(context.store(handle)).isNotNull();
          seen.add("finished");
          return ExecutionState.COMPLETE;
        });
    rig.baton.settle();

    assertThat(seen).containsExactly("finished", "revoked");
  }
}
