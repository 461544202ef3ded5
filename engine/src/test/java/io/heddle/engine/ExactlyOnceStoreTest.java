package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ExactlyOnceStoreTest {
  private static final Duration DELAY = Duration.ofMillis(10);

  private final Rig rig =
      new Rig(config -> config.withExactlyOnce(ExactlyOnceConfig.of("app", "m1")));
  private final List<String> seen = new ArrayList<>();
  private final Map<String, EventContext> waiting = new TreeMap<>();
  private final KeyValueStore<String, String> texts =
      KeyValueStore.inMemory(
          rig.source,
          StoreConfig.of("texts", "changes").withoutCreation(),
          Codecs.strings(),
          Codecs.strings());

  ExactlyOnceStoreTest() {
    rig.changeLogs.topics.put("changes", 1);
    rig.changeLogs.change(new TopicPartition("changes", 0), "a", "0");
    rig.handling(
        (context, value) -> {
          if (value.startsWith("s")) {
            waiting.put(value, context);
            return ExecutionState.INCOMPLETE;
          }
          append(context, value);
          return ExecutionState.COMPLETE;
        });
  }

  private void append(EventContext context, String value) {
    String key = value.substring(0, 1);
    String before = texts.get(context, key).orElse("");
    seen.add(value + " after " + before);
    texts.put(context, key, before + value.substring(1));
    context.forward(ForwardingRig.output("made of " + value));
  }

  private void finish(String value) {
    EventContext context = waiting.remove(value);
    if (context == null) {
      throw new AssertionError("nobody waits for " + value);
    }
    context.asyncJobComplete(
        () -> {
          append(context, value);
          return ExecutionState.COMPLETE;
        });
    rig.baton.settle();
  }

  @Test
  void changesAreInTheTransactionInMakingOrder() {
    rig.start(0).deliver(0, "a1", "a2", "b1");
    rig.advance(DELAY);

    assertThat(rig.transactions().committed)
        .containsExactly(
            ForwardingRig.written(3, "01", "made of a1", "012", "made of a2", "1", "made of b1"));
  }

  @Test
  void whatLiesBehindAGapIsReadButNotCommitted() {
    rig.start(0).deliver(0, "s1", "a2", "a3");
    rig.advance(DELAY);
    assertThat(rig.transactions().committed).isEmpty();
    assertThat(seen).containsExactly("a2 after 0", "a3 after 02");

    finish("s1");
    rig.advance(DELAY);
    assertThat(rig.transactions().committed)
        .containsExactly(
            ForwardingRig.written(3, "02", "made of a2", "023", "made of a3", "1", "made of s1"));
  }

  @Test
  void anAbortTakesBackWhatIsNotCommittedAndOnlyThat() {
    rig.start(0).deliver(0, "a1");
    rig.advance(DELAY);
    // Committed by the group as well, which the fake producer does not do.
    rig.consumer.committed.put(
        Rig.partition(0), new org.apache.kafka.clients.consumer.OffsetAndMetadata(1));
    rig.transactions().offsetFailures.add(new KafkaException("planted"));
    rig.deliver(1, "a2", "a3");
    rig.advance(DELAY);
    rig.advance(Duration.ofSeconds(1));

    assertThat(rig.heard).contains("aborted [in-0]");
    assertThat(seen)
        .containsExactly(
            "a1 after 0", "a2 after 01", "a3 after 012", "a2 after 01", "a3 after 012");
    assertThat(rig.transactions().committed)
        .containsExactly(
            ForwardingRig.written(1, "01", "made of a1"),
            ForwardingRig.written(3, "012", "made of a2", "0123", "made of a3"));
    assertThat(rig.heard).filteredOn(line -> line.startsWith("restoring")).hasSize(1);
  }

  @Test
  void whatIsBehindTheCommittedPrefixIsTakenBackToo() {
    rig.start(0).deliver(0, "a1", "s1", "a2");
    rig.advance(DELAY);
    assertThat(rig.transactions().committed).hasSize(1);
    rig.consumer.committed.put(
        Rig.partition(0), new org.apache.kafka.clients.consumer.OffsetAndMetadata(1));
    rig.transactions().offsetFailures.add(new KafkaException("planted"));
    finish("s1");
    rig.advance(DELAY);
    rig.advance(Duration.ofSeconds(1));
    finish("s1");
    rig.advance(DELAY);

    assertThat(seen)
        .containsExactly("a1 after 0", "a2 after 01", "s1 after ", "a2 after 01", "s1 after ");
    assertThat(rig.transactions().committed)
        .last()
        .isEqualTo(ForwardingRig.written(3, "012", "made of a2", "1", "made of s1"));
  }

  @Test
  void interjectionsChangeStoresInTheirPlace() {
    rig.start(0).deliver(0, "a1");
    var done =
        rig.source.interject(
            Rig.partition(0),
            (context, when) -> {
              append(context, "a2");
              return ExecutionState.COMPLETE;
            });
    rig.baton.settle();
    rig.advance(DELAY);

    assertThat(done).isCompleted();
    assertThat(rig.transactions().committed)
        .containsExactly(ForwardingRig.written(1, "01", "made of a1", "012", "made of a2"));
  }
}
