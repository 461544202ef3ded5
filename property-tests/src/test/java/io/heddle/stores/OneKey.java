package io.heddle.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.EngineListener;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.PauseReason;
import io.heddle.engine.StateStoreFactory;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import io.heddle.engine.store.OrderedStore;
import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.core.SimRuntime;
import io.heddle.simulator.history.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * An application with one entry, to which each record appends its value, exactly once; and whatever
 * its members are told and do.
 */
final class OneKey {
  static final String CHANGES = "changes";

  final SimulatedKafka kafka = SimulatedKafka.withSeed(7);
  private final UnaryOperator<IsolationLevel> tailIsolation;
  private final StateStoreFactory<OrderedStore> stores;
  private int failAt = Integer.MAX_VALUE;
  private final Map<TopicPartition, Long> committed = new LinkedHashMap<>();
  final List<String> heard = new ArrayList<>();
  final List<String> texts = new ArrayList<>();
  private final Map<String, EventSource> sources = new LinkedHashMap<>();

  OneKey(UnaryOperator<IsolationLevel> tailIsolation, StateStoreFactory<OrderedStore> stores) {
    this.tailIsolation = tailIsolation;
    this.stores = stores;
    kafka.listen(
        fact -> {
          if (fact instanceof Fact.Committed commit) {
            committed.put(commit.partition(), commit.offset());
          }
        });
  }

  /** Runs this, with the topics there and everything stopped in the end. */
  void run(SimulatedKafka.Body body) throws Exception {
    kafka.run(
        () -> {
          kafka.createTopic("in", 1);
          kafka.createTopic(CHANGES, 1, Map.of("cleanup.policy", "compact"));
          body.run();
          sources
              .values()
              .forEach(
                  source -> {
                    var unused = source.stop();
                  });
        });
  }

  /** Has the handler fail once, after it has written this text. */
  void failOnceAt(int length) {
    failAt = length;
  }

  EventSource source(String member) {
    EventSource source = sources.get(member);
    if (source == null) {
      throw new AssertionError(member + " was not started");
    }
    return source;
  }

  /** Sends the next value, from a producer of its own. */
  void send(String value) {
    SimulatedParts.send(kafka, "in", "a".getBytes(UTF_8), value);
  }

  boolean isCommitted(long offset) {
    return Long.valueOf(offset).equals(committed.get(new TopicPartition("in", 0)));
  }

  void await(BooleanSupplier goal) {
    for (int looks = 0; !goal.getAsBoolean(); looks++) {
      if (looks > 1_000) {
        throw new AssertionError("committed are " + committed + ", heard was " + heard);
      }
      kafka.simulation().sleep(Duration.ofMillis(50).toNanos());
    }
  }

  void start(SimulatedProcess process) {
    String member = process.process().member().name();
    var unused =
        process.start(
            "main",
            () -> {
              EventSource source = source(process, member);
              sources.put(member, source);
              source.start();
            });
  }

  private EventSource source(SimulatedProcess process, String member) {
    SimRuntime runtime = process.runtime();
    EventSource source =
        new EventSource(
            EventSourceConfig.of("in").withExactlyOnce(ExactlyOnceConfig.of("app", member)),
            clients(process),
            SimulatedParts.runtime(runtime),
            new Listener(member));
    KeyValueStore<String, String> store =
        KeyValueStore.on(
            source,
            StoreConfig.of("texts", CHANGES).withoutCreation(),
            stores,
            Codecs.strings(),
            Codecs.strings());
    return source.registerDefault(
        Codecs.strings().ofValues(),
        (context, value) -> {
          String text = store.get(context, "a").orElse("") + value;
          texts.add(text);
          store.put(context, "a", text);
          if (text.length() == failAt) {
            failAt = Integer.MAX_VALUE;
            throw new IllegalStateException("once");
          }
          return ExecutionState.COMPLETE;
        });
  }

  private KafkaClients clients(SimulatedProcess process) {
    return new KafkaClients(
            () ->
                process.consumer(
                    SimulatedParts.consumer(
                        "read_committed", Map.of("group.id", "app", "session.timeout.ms", 6_000))),
            () -> process.producer(Map.of()))
        .withTransactionalProducers(id -> process.producer(Map.of("transactional.id", id)))
        .withRestoreConsumers(
            isolation ->
                process.consumer(
                    SimulatedParts.consumer(
                        tailIsolation.apply(isolation).toString().toLowerCase(Locale.ROOT),
                        Map.of())));
  }

  private final class Listener implements EngineListener {
    private final String member;

    private Listener(String member) {
      this.member = member;
    }

    @Override
    public void paused(TopicPartition partition, PauseReason reason) {
      if (reason == PauseReason.RESTORING) {
        heard.add(member + " paused " + reason);
      }
    }

    @Override
    public void restored(TopicPartition partition, String store, long changes) {
      heard.add(member + " restored " + changes);
    }

    @Override
    public void activated(Set<TopicPartition> partitions) {
      heard.add(member + " activated");
    }
  }
}
