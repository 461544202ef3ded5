package io.heddle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SchedulerConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Reads a topic, calls the user for each record, and writes one record for each to another topic,
 * all in transactions: as each engine would have it done. Both have their own defaults for how long
 * a transaction is open.
 */
record ExactlyOnceJob(
    RealCluster cluster, String group, String output, UserCode user, Arm.Settings settings) {

  EngineAtWork startHeddle() {
    EventSourceConfig config =
        EventSourceConfig.of(settings.load().topic())
            .withMaxInFlightPerPartition(Arm.Settings.BUFFER / settings.load().partitions())
            .withExactlyOnce(ExactlyOnceConfig.of(group, "m1"));
    KafkaClients clients =
        new KafkaClients(
                () -> new KafkaConsumer<>(cluster.consumer(group)),
                () -> {
                  throw new UnsupportedOperationException("all that is written is transactional");
                })
            .withTransactionalProducers(id -> new KafkaProducer<>(cluster.producer(id)));
    EventSource source = new EventSource(config, clients, EngineRuntime.system());
    AsyncJobScheduler<String, ConsumerRecord<byte[], byte[]>> scheduler =
        AsyncJobScheduler.blocking(
            source,
            (key, record) -> user.call(key, record.partition(), record.offset()),
            (context, key, record, failure) -> {
              if (failure != null) {
                throw failure;
              }
              byte[] value = new Output(record.partition(), record.offset()).bytes();
              context.forward(
                  new ProducerRecord<>(output, record.partition(), record.key(), value));
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(settings.concurrency(), 1_000, Arm.Settings.BUFFER));
    source.registerDefault(
        record -> record,
        (context, record) -> scheduler.schedule(context, new String(record.key(), UTF_8), record));
    source.start();
    return HeddleArm.of(source);
  }

  EngineAtWork startParallelConsumer() {
    Map<String, Object> reading = cluster.consumer(group);
    reading.put("key.deserializer", StringDeserializer.class);
    Map<String, Object> writing = cluster.producer(group + "-m1");
    writing.put("key.serializer", StringSerializer.class);
    ParallelConsumerOptions<String, byte[]> options =
        ParallelConsumerOptions.<String, byte[]>builder()
            .consumer(new KafkaConsumer<>(reading))
            .producer(new KafkaProducer<>(writing))
            .ordering(ProcessingOrder.KEY)
            .maxConcurrency(settings.concurrency())
            .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER)
            .messageBufferSize(Arm.Settings.BUFFER)
            .build();
    ParallelStreamProcessor<String, byte[]> processor =
        ParallelStreamProcessor.createEosStreamProcessor(options);
    processor.subscribe(List.of(settings.load().topic()));
    processor.pollAndProduce(
        context -> {
          ConsumerRecord<String, byte[]> record = context.getSingleConsumerRecord();
          ParallelConsumerArm.call(user, record);
          byte[] value = new Output(record.partition(), record.offset()).bytes();
          return new ProducerRecord<>(output, record.partition(), record.key(), value);
        });
    return ParallelConsumerArm.of(processor);
  }
}
