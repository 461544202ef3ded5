package io.heddle.planted.inside;

import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.FailureHandling;
import io.heddle.engine.FailureStage;
import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.network.FaultRule;
import io.heddle.simulator.network.Verdict;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ProduceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Each record is answered by several outputs, which the broker refuses now and then. */
final class Forwarding implements Application {
  private static final String OUTPUTS = "outputs";
  private static final int EACH = 3;
  private static final Duration BACKOFF = Duration.ofMillis(10);

  private final double failures;
  private final double refusals;
  private final Set<String> completed = new TreeSet<>();
  private final Set<String> failed = new TreeSet<>();
  private int attempts;

  Forwarding(DrillRun run) {
    Choices.Stream draw = run.draw();
    this.failures = run.isCalm() || draw.chance(0.4) ? 0 : 0.2;
    this.refusals = run.isCalm() || draw.chance(0.2) ? 0 : 0.2;
    if (refusals > 0) {
      run.kafka()
          .add(
              new FaultRule(
                  "refused outputs",
                  exchange ->
                      exchange.request() instanceof ProduceRequest produce
                          && produce.batches().keySet().stream()
                              .anyMatch(partition -> partition.topic().equals(OUTPUTS)),
                  new FaultRule.Trigger.WithProbability(refusals),
                  new Verdict.Fail(ErrorCode.INVALID_RECORD)));
    }
  }

  @Override
  public EventSourceConfig config(EventSourceConfig usual, Life life) {
    return usual
        .withOnFailure(FailureStage.HANDLER, FailureHandling.stop().withRetries(9, BACKOFF))
        .withOnFailure(FailureStage.PRODUCE, FailureHandling.stop().withRetries(30, BACKOFF));
  }

  @Override
  public void register(EventSource source, Life life) {
    var unused =
        source.registerDefault(
            record -> record, (context, record) -> handle(context, life, record));
  }

  private ExecutionState handle(
      EventContext context, Life life, ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    Tenure tenure = life.tenure(record);
    tenure.called("the handler");
    tenure.attempt(record.offset(), life.rules());
    String attempt = place(record) + " " + ++attempts;
    for (int part = 0; part < EACH; part++) {
      byte[] value = (attempt + " " + part).getBytes(StandardCharsets.UTF_8);
      context.forward(new ProducerRecord<>(OUTPUTS, value));
    }
    if (life.work().chance(failures) && tenure.attempts(record.offset()) < 5) {
      failed.add(attempt);
      throw new IllegalStateException("the handler failed");
    }
    life.observer().started(record, key);
    life.observer().ended(record, key);
    completed.add(place(record));
    return ExecutionState.COMPLETE;
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.partition() + "@" + record.offset();
  }

  @Override
  public void drained(DrillRun run) {
    Map<String, Set<String>> parts = new TreeMap<>();
    for (String output : outputs(run)) {
      String[] words = output.split(" ", 3);
      run.rules()
          .check(
              !failed.contains(words[0] + " " + words[1]),
              "outputs",
              "an output of the failed attempt " + output);
      parts.computeIfAbsent(words[0], place -> new TreeSet<>()).add(words[2]);
    }
    for (String place : completed) {
      int found = parts.getOrDefault(place, Set.of()).size();
      run.rules()
          .check(
              found == EACH,
              "outputs",
              "record %s is committed and has %d of %d outputs".formatted(place, found, EACH));
    }
  }

  private static List<String> outputs(DrillRun run) {
    TopicPartition only = new TopicPartition(OUTPUTS, 0);
    List<String> found = new java.util.ArrayList<>();
    try (Consumer<byte[], byte[]> reader =
        run.kafka().consumer(MemberSettings.consumer("reader"))) {
      reader.assign(List.of(only));
      reader.seekToBeginning(List.of(only));
      long end = reader.endOffsets(List.of(only)).get(only);
      while (reader.position(only) < end) {
        reader
            .poll(Duration.ofMillis(100))
            .forEach(record -> found.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
    }
    return found;
  }
}
