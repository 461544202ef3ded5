package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Each mistake about a store is told of by name. */
class StoreMistakesTest {
  private static final StoreConfig CONFIG = StoreConfig.of("texts", "changes").withoutCreation();

  private static Rig started(UnaryOperator<FakeChangeLogs> logs) {
    Rig rig = new Rig();
    FakeChangeLogs unused = logs.apply(rig.changeLogs);
    add(rig, CONFIG);
    return rig.handling((context, value) -> ExecutionState.COMPLETE).start(0);
  }

  private static StoreHandle<StateStore> add(Rig rig, StoreConfig config) {
    return rig.source.addStore(
        config,
        StateStore.class,
        partition ->
            change -> {
              throw new IllegalArgumentException("no number: " + change.offset());
            });
  }

  private static Throwable failure(Rig rig) {
    rig.baton.settle();
    return rig.source.failure().orElseThrow();
  }

  @Test
  void aChangeLogWithAnotherPartitionCountIsRefused() {
    Rig rig =
        started(
            logs -> {
              logs.topics.put("changes", 3);
              return logs;
            });

    assertThat(failure(rig))
        .isInstanceOf(ChangeLogException.class)
        .hasMessage(
            "change log 'changes' of store 'texts' must have as many partitions as topic 'in' (1),"
                + " has 3");
  }

  @Test
  void aTopicThatOutgrowsItsChangeLogIsTold() {
    Rig rig =
        started(
            logs -> {
              logs.topics.put("changes", 1);
              return logs;
            });
    rig.baton.settle();
    assertThat(rig.source.failure()).isEmpty();

    rig.changeLogs.grow("in", 2);
    rig.assign(1);

    assertThat(failure(rig))
        .isInstanceOf(ChangeLogException.class)
        .hasMessage(
            "change log 'changes' of store 'texts' must have as many partitions as topic 'in' (2),"
                + " has 1");
  }

  @Test
  void aChangeLogThatIsMissingAndNotToBeCreatedIsRefused() {
    assertThat(failure(started(logs -> logs)))
        .isInstanceOf(ChangeLogException.class)
        .hasMessage(
            "change log 'changes' of store 'texts' must exist, since it is not to be created");
  }

  @Test
  void aStoreThatCannotTakeAChangeFailsTheSource() {
    Rig rig =
        started(
            logs -> {
              logs.topics.put("changes", 1);
              return logs.change(new TopicPartition("changes", 0), "a", "1");
            });

    assertThat(failure(rig))
        .isInstanceOf(RestoreException.class)
        .hasMessage("store 'texts' could not take the change changes-0@0: no number: 0");
  }

  @Test
  void aSourceNeedsToKnowHowToRestoreAndToCreate() {
    Rig rig = new Rig();
    EventSource source =
        new EventSource(
            EventSourceConfig.of("in"),
            new KafkaClients(rig.consumer::asConsumer, () -> rig.producer),
            new EngineRuntime(
                Clock.systemUTC(),
                rig.baton::nowNanos,
                rig.baton::newThread,
                rig.baton.inline(),
                rig.baton.threads(),
                rig.baton::newLock));
    source.registerDefault(Rig::text, (context, value) -> ExecutionState.COMPLETE);
    var unused = KeyValueStore.inMemory(source, CONFIG, Codecs.strings(), Codecs.strings());

    assertThatThrownBy(source::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("state stores need KafkaClients.withRestoreConsumers");

    Rig other = new Rig();
    add(other, StoreConfig.of("texts", "changes"));
    other.handling((context, value) -> ExecutionState.COMPLETE);
    assertThatThrownBy(other.source::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "creating change log 'changes' needs KafkaClients.withAdmins, or"
                + " StoreConfig.withoutCreation");
  }

  @Test
  void storesAreToldApart() {
    Rig rig = new Rig();
    add(rig, CONFIG);

    assertThatThrownBy(() -> add(rig, StoreConfig.of("texts", "others")))
        .hasMessage("name must be used once in a source, was 'texts' again");
    assertThatThrownBy(() -> add(rig, StoreConfig.of("others", "changes")))
        .hasMessage("changeLog must be used once in a source, was 'changes' again");
    assertThatThrownBy(() -> add(rig, StoreConfig.of("others", "in")))
        .hasMessage("changeLog must be used once in a source, was 'in' again");
  }

  @Test
  void aSourceOfSeveralTopicsHasNoStores() {
    Rig rig =
        new Rig(
            config -> {
              assertThat(config.topics()).containsExactly("in");
              return EventSourceConfig.of("in", "more");
            });

    assertThatThrownBy(() -> add(rig, CONFIG))
        .hasMessage(
            "a source with state stores must have one topic, has [in, more]: make a source for"
                + " each, with stores and change logs of its own, or send the records on to one"
                + " topic");
  }

  @Test
  void exactlyOnceDeliveryNeedsTheGuardAndStoresThatTakeBack() {
    Rig rig = new Rig(config -> config.withExactlyOnce(ExactlyOnceConfig.of("app", "m1")));
    assertThatThrownBy(() -> add(rig, CONFIG.withoutGuard()))
        .hasMessage("guard must be true for exactly-once delivery, was false for store 'texts'");

    rig.changeLogs.topics.put("changes", 1);
    add(rig, CONFIG);
    rig.handling((context, value) -> ExecutionState.COMPLETE).start(0);
    assertThat(failure(rig))
        .hasMessageStartingWith(
            "store 'texts' must be a TransactionalStateStore for exactly-once delivery, was ");
  }

  @Test
  void aStoreOfAnotherSourceIsRefused() {
    Rig other = new Rig();
    StoreHandle<StateStore> foreign = add(other, CONFIG);
    Rig rig = new Rig();
    rig.changeLogs.topics.put("changes", 1);
    add(rig, CONFIG);
    rig.handling(
            (context, value) -> {
              assertThat(context.store(foreign)).isNull();
              return ExecutionState.COMPLETE;
            })
        .start(0)
        .deliver(0, "a");

    assertThat(failure(rig).getCause()).hasMessage("store 'texts' is of another source");
  }

  @Test
  void aStoreIsAddedBeforeTheStart() {
    Rig rig = started(logs -> logs);

    assertThatThrownBy(() -> add(rig, StoreConfig.of("late", "late")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void eachSettingIsNamed() {
    assertThatThrownBy(() -> StoreConfig.of(" ", "changes"))
        .hasMessage("name must not be blank, was ' '");
    assertThatThrownBy(() -> StoreConfig.of("texts", ""))
        .hasMessage("changeLog must not be blank, was ''");
    assertThatThrownBy(() -> CONFIG.withReplicationFactor(0))
        .hasMessage("replicationFactor must be at least 1, was 0");
    assertThatThrownBy(() -> CONFIG.withTopicConfig("cleanup.policy", "delete"))
        .hasMessage("topicConfig must have cleanup.policy=compact, was 'delete'");
  }
}
