package io.heddle.planted.inside;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.FailureHandling;
import io.heddle.engine.FailureStage;
import io.heddle.engine.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A member leaves: because it is stopped while a job of one partition takes long, or because it
 * fails. The group is patient with members that are not heard of, so the others must hear that it
 * goes.
 */
final class Departures implements Application {
  private static final long LONG_NANOS = 6_000_000_000L;
  private static final long MILLI = 1_000_000;

  private final boolean fails;
  private TopicPartition busy;
  private Life leaving;
  private boolean hasFailed;
  private boolean armed;

  Departures(DrillRun run) {
    this.fails = run.draw().chance(0.5);
  }

  @Override
  public Map<String, Object> consumer(Map<String, Object> usual) {
    usual.put("session.timeout.ms", "60000");
    usual.put("heartbeat.interval.ms", "200");
    usual.put(
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return usual;
  }

  @Override
  public Duration drainTimeout() {
    return Duration.ofSeconds(8);
  }

  @Override
  public EventSourceConfig config(EventSourceConfig usual, Life life) {
    return usual.withOnFailure(FailureStage.HANDLER, FailureHandling.stop());
  }

  @Override
  public void register(EventSource source, Life life) {
    AsyncJobScheduler<String, ConsumerRecord<byte[], byte[]>> scheduler =
        AsyncJobScheduler.blocking(
            source,
            (key, record) -> {
              life.observer().started(record, key);
              life.work(20 * MILLI);
              if (takesLong(life, record)) {
                life.sleep(LONG_NANOS);
              }
              life.observer().workEnded(record, key);
            },
            (context, key, record, failure) -> {
              life.observer().completed(record, key);
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(8, 1_000, 1_000));
    var unused =
        source.registerDefault(
            record -> record,
            (context, record) -> {
              if (armed
                  && fails
                  && life.name().equals("m1")
                  && !hasFailed
                  && life.now() > 900 * MILLI) {
                hasFailed = true;
                throw new IllegalStateException("the handler failed");
              }
              return scheduler.schedule(
                  context, new String(record.key(), StandardCharsets.UTF_8), record);
            });
  }

  private boolean takesLong(Life life, ConsumerRecord<?, ?> record) {
    if (fails || leaving == null || busy != null || !life.name().equals("m1")) {
      return false;
    }
    busy = new TopicPartition(record.topic(), record.partition());
    return true;
  }

  @Override
  public boolean mayFail(Life life) {
    return hasFailed && life.name().equals("m1");
  }

  @Override
  public void trouble(DrillRun run) {
    armed = true;
    run.single();
    run.at(700, () -> leaving = run.lives().get("m1"));
    if (fails) {
      run.at(1_500, () -> run.start(run.kafka().process("m2")));
      return;
    }
    run.at(1_200, () -> stop(run));
    run.at(1_400, () -> run.start(run.kafka().process("m2")));
    run.at(4_400, () -> judge(run));
  }

  private void stop(DrillRun run) {
    if (busy != null) {
      var unused = run.lives().get("m1").source().stop();
    }
  }

  private void judge(DrillRun run) {
    Life second = run.lives().get("m2");
    boolean served = !second.owned().isEmpty();
    boolean asked = busy == null || !run.lives().get("m1").owned().contains(busy);
    run.rules()
        .check(
            served || asked,
            "departure",
            "3 s after it has come m2 owns nothing, and m1 was asked to give up nothing");
  }
}
