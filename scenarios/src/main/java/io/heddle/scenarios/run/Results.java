package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import io.heddle.simulator.history.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a run has left: its outputs, and the state of its store.
 *
 * @param named what the scenario's topics are called in Kafka
 * @param nanoTime the time of the facts, by which the deadline is judged too
 * @param letters what became of records that were given up
 */
record Results(
    Scenario scenario,
    UnaryOperator<String> named,
    Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers,
    LongSupplier nanoTime,
    java.util.function.Consumer<Fact> facts,
    DeadLetters letters) {

  /** Tells of all there is; returns what could not be read by the deadline. */
  List<String> read(long deadlineNanos) {
    List<String> unread = new ArrayList<>();
    Engine engine = scenario.engine();
    engine.exactlyOnce().ifPresent(outputs -> unread.add(readOutputs(outputs, deadlineNanos)));
    engine.changeLog().ifPresent(changeLog -> unread.add(readStore(changeLog, deadlineNanos)));
    if (!engine.deadLetters().isEmpty()) {
      unread.addAll(readLetters(engine.deadLetters(), deadlineNanos));
    }
    unread.removeIf(String::isEmpty);
    return unread;
  }

  /**
   * Tells of the outputs that were written outside of transactions, as if their logs took them now:
   * for a Kafka that did not tell. Returns what could not be read by the deadline.
   */
  List<String> readAnswers(long deadlineNanos) {
    return scenario.engine().work().outputs().stream()
        .map(
            outputs ->
                readAll(outputs.topic(), outputs.partitions(), deadlineNanos, this::appended))
        .filter(unread -> !unread.isEmpty())
        .toList();
  }

  private void appended(ConsumerRecord<byte[], byte[]> output) {
    facts.accept(
        new Fact.Appended(
            nanoTime.getAsLong(),
            new TopicPartition(output.topic(), output.partition()),
            output.offset(),
            new String(output.key(), StandardCharsets.UTF_8)));
  }

  private String readOutputs(Engine.ExactlyOnce outputs, long deadlineNanos) {
    return readAll(
        outputs.output(),
        outputs.partitions(),
        deadlineNanos,
        output -> facts.accept(Origin.visible(output, nanoTime.getAsLong())));
  }

  private String readStore(String changeLog, long deadlineNanos) {
    Topic topic = scenario.topics().get(0);
    StoredOffsets.Audit audit = new StoredOffsets.Audit();
    String unread = readAll(changeLog, topic.partitions(), deadlineNanos, audit::read);
    audit.facts(named.apply(topic.name()), nanoTime.getAsLong()).forEach(facts);
    return unread;
  }

  private List<String> readLetters(Collection<String> topics, long deadlineNanos) {
    List<String> unread = new ArrayList<>();
    topics.forEach(topic -> unread.add(readAll(topic, 1, deadlineNanos, letters::read)));
    if (unread.stream().allMatch(String::isEmpty)) {
      letters.judge();
    }
    return unread;
  }

  private String readAll(
      String topic,
      int partitions,
      long deadlineNanos,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records) {
    return new CommittedReader(named.apply(topic), partitions, consumers, nanoTime)
        .read(deadlineNanos, records);
  }
}
