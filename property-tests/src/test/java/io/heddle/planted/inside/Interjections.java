package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.FailureHandling;
import io.heddle.engine.FailureStage;
import io.heddle.engine.SchedulerConfig;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Records, and between them what no record asks for: again and again, and once. */
final class Interjections implements Application {
  private static final long EVERY_MILLIS = 60;
  private static final long JITTER_MILLIS = 20;
  private static final long LONGEST_NANOS = 40_000_000;

  /** A poll may be late by that much, and a strand busy. */
  private static final long SLACK_MILLIS = 400;

  private static final long MILLI = 1_000_000;

  /** The runs of the scheduled interjector in one ownership. */
  private static final class Runs {
    private boolean underWay;
    private long lastNanos;
  }

  private final boolean exactlyOnce;
  private final double failures;
  private final Map<Tenure, Runs> runs = new LinkedHashMap<>();
  private final List<CompletableFuture<Void>> asked = new ArrayList<>();
  private boolean enough;

  Interjections(DrillRun run) {
    Choices.Stream draw = run.draw();
    this.exactlyOnce = draw.chance(0.4);
    this.failures = run.isCalm() || draw.chance(0.5) ? 0 : 0.1;
  }

  @Override
  public EventSourceConfig config(EventSourceConfig usual, Life life) {
    EventSourceConfig config =
        usual.withOnFailure(
            FailureStage.HANDLER, FailureHandling.skip().withRetries(2, Duration.ofMillis(10)));
    return exactlyOnce
        ? config.withExactlyOnce(ExactlyOnceConfig.of("drill", life.name()).withSizes(5, 20))
        : config;
  }

  @Override
  public void register(EventSource source, Life life) {
    AsyncJobScheduler<String, ConsumerRecord<byte[], byte[]>> scheduler =
        AsyncJobScheduler.blocking(
            source,
            (key, record) -> {
              life.observer().started(record, key);
              life.work(LONGEST_NANOS);
              life.observer().workEnded(record, key);
            },
            (context, key, record, failure) -> {
              life.observer().completed(record, key);
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(3, 100, 1_000));
    var unused =
        source
            .registerDefault(
                record -> record,
                (context, record) ->
                    scheduler.schedule(context, new String(record.key(), UTF_8), record))
            .scheduleInterjection(
                (context, when) -> again(context, life),
                Duration.ofMillis(EVERY_MILLIS),
                Duration.ofMillis(JITTER_MILLIS));
    ask(source, life);
  }

  private ExecutionState again(EventContext context, Life life) {
    Tenure tenure = life.tenure(context.topicPartition());
    tenure.called("an interjector");
    Runs those = runs.computeIfAbsent(tenure, each -> new Runs());
    long now = life.now();
    // Under exactly-once delivery, or after a failure, one may be done again in the same ownership.
    if (!exactlyOnce && failures == 0) {
      life.rules()
          .check(
              those.lastNanos == 0
                  || now - those.lastNanos >= (EVERY_MILLIS - JITTER_MILLIS) * MILLI,
              "interjection-interval",
              "an interjection came %d ms after the last one"
                  .formatted((now - those.lastNanos) / MILLI));
      life.rules()
          .check(
              !those.underWay,
              "interjection-interval",
              "an interjection came while the last one was under way");
    }
    those.underWay = true;
    those.lastNanos = now;
    if (life.work().chance(failures)) {
      those.underWay = false;
      throw new IllegalStateException("the interjection failed");
    }
    if (exactlyOnce) {
      context.forward(new ProducerRecord<>("outputs", new byte[] {2}));
    }
    if (life.work().chance(0.5)) {
      those.underWay = false;
      return ExecutionState.COMPLETE;
    }
    life.later(
        LONGEST_NANOS,
        () ->
            context.asyncJobComplete(
                () -> {
                  those.underWay = false;
                  those.lastNanos = life.now();
                  return ExecutionState.COMPLETE;
                }));
    return ExecutionState.INCOMPLETE;
  }

  /** Asks for something once, now and then. */
  private void ask(EventSource source, Life life) {
    life.later(
        500_000_000,
        () -> {
          if (enough) {
            return;
          }
          TopicPartition partition =
              new TopicPartition(DrillRun.TOPIC, (int) life.work().below(DrillRun.PARTITIONS));
          asked.add(
              life.work().chance(0.3)
                  ? source.interjectAll((context, when) -> once(context, life))
                  : source.interject(partition, (context, when) -> once(context, life)));
          ask(source, life);
        });
  }

  private static ExecutionState once(EventContext context, Life life) {
    life.tenure(context.topicPartition()).called("an interjector");
    if (life.work().chance(0.5)) {
      return ExecutionState.COMPLETE;
    }
    life.later(LONGEST_NANOS, () -> context.asyncJobComplete(() -> ExecutionState.COMPLETE));
    return ExecutionState.INCOMPLETE;
  }

  @Override
  public void drained(DrillRun run) {
    enough = true;
    run.kafka().simulation().sleep(1_000 * MILLI);
    long now = run.kafka().simulation().nanoTime();
    for (Life life : run.lives().values()) {
      if (life.hasCrashed()) {
        continue;
      }
      for (TopicPartition partition : life.owned()) {
        Runs those = runs.get(life.tenure(partition));
        long last = those == null ? life.tenure(partition).sinceNanos() : those.lastNanos;
        long age = (now - last) / MILLI;
        run.rules()
            .check(
                age <= EVERY_MILLIS + JITTER_MILLIS + SLACK_MILLIS,
                "interjection-again",
                "the last interjection of " + partition + " was " + age + " ms ago");
      }
    }
    long open = asked.stream().filter(future -> !future.isDone()).count();
    boolean anyCrashed = run.anyCrashed();
    run.rules()
        .check(
            open == 0 || anyCrashed,
            "interjection-future",
            open + " of " + asked.size() + " futures have not completed");
  }
}
