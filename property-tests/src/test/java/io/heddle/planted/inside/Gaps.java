package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EventSource;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.SchedulerConfig;
import io.heddle.simulator.choice.Choices;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What is consumed was written in transactions, some of them aborted: offsets have gaps. */
final class Gaps implements Application {
  private static final long LONGEST_NANOS = 30_000_000;

  private final Choices.Stream draw;

  Gaps(DrillRun run) {
    this.draw = run.draw();
  }

  @Override
  public Map<String, Object> consumer(Map<String, Object> usual) {
    usual.put("isolation.level", "read_committed");
    return usual;
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
            new SchedulerConfig(6, 1_000, 1_000));
    var unused =
        source.registerDefault(
            record -> record,
            (context, record) ->
                scheduler.schedule(context, new String(record.key(), UTF_8), record));
  }

  @Override
  public void produce(DrillRun run, int count) {
    try (Producer<byte[], byte[]> producer =
        run.kafka().producer(MemberSettings.transactional("input"))) {
      producer.initTransactions();
      for (int made = 0; made < count; ) {
        producer.beginTransaction();
        long size = 1 + draw.below(8);
        for (long i = 0; i < size; i++, made++) {
          byte[] key = ("k" + draw.below(8)).getBytes(UTF_8);
          Future<RecordMetadata> unused =
              producer.send(new ProducerRecord<>(DrillRun.TOPIC, key, new byte[] {1}));
        }
        producer.flush();
        if (draw.chance(0.3)) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
        run.kafka().simulation().sleep(1 + draw.below(100_000_000));
      }
    }
  }
}
