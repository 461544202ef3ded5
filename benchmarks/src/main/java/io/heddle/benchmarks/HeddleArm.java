package io.heddle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SchedulerConfig;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Heddle's engine with its defaults, save for how much is in flight. */
final class HeddleArm implements EngineAtWork {
  private static final int KEY_QUEUE = 1000;

  private final EventSource source;

  private HeddleArm(EventSource source) {
    this.source = source;
  }

  static HeddleArm of(EventSource started) {
    return new HeddleArm(started);
  }

  static HeddleArm start(Consumer<byte[], byte[]> consumer, UserCode user, Arm.Settings settings) {
    EventSourceConfig config =
        EventSourceConfig.of(settings.load().topic())
            .withMaxInFlightPerPartition(Arm.Settings.BUFFER / settings.load().partitions());
    KafkaClients clients =
        new KafkaClients(
            () -> consumer,
            () -> {
              throw new UnsupportedOperationException("this workload forwards nothing");
            });
    EventSource source = new EventSource(config, clients, EngineRuntime.system());
    SchedulerConfig limits =
        new SchedulerConfig(settings.concurrency(), KEY_QUEUE, Arm.Settings.BUFFER);
    AsyncJobScheduler<String, ConsumerRecord<byte[], byte[]>> scheduler =
        settings.asynchronous()
            ? AsyncJobScheduler.asynchronous(
                source,
                (key, record) -> user.begin(key, record.partition(), record.offset()),
                HeddleArm::finish,
                limits)
            : AsyncJobScheduler.blocking(
                source,
                (key, record) -> user.call(key, record.partition(), record.offset()),
                HeddleArm::finish,
                limits);
    source.registerDefault(
        record -> record,
        (context, record) -> scheduler.schedule(context, new String(record.key(), UTF_8), record));
    source.start();
    return new HeddleArm(source);
  }

  private static ExecutionState finish(
      EventContext context,
      String key,
      ConsumerRecord<byte[], byte[]> record,
      @Nullable Exception failure)
      throws Exception {
    if (failure != null) {
      throw failure;
    }
    return ExecutionState.COMPLETE;
  }

  @Override
  public Optional<Throwable> failure() {
    return source.failure();
  }

  @Override
  public void close() {
    source.close();
  }
}
