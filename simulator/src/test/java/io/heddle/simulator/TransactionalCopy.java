package io.heddle.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads, writes what it has read, and commits both at once, until told to stop. */
final class TransactionalCopy {
  static final String READER = "org.apache.kafka.common.serialization.StringDeserializer";
  static final String WRITER = "org.apache.kafka.common.serialization.StringSerializer";

  private final SimulatedProcess process;
  private final String transactionalId;
  private final BooleanSupplier running;
  private int aborts;
  private int producers;

  TransactionalCopy(SimulatedProcess process, String transactionalId, BooleanSupplier running) {
    this.process = process;
    this.transactionalId = transactionalId;
    this.running = running;
  }

  int aborts() {
    return aborts;
  }

  /** How many producers it took. */
  int producers() {
    return producers;
  }

  static Map<String, Object> consumerConfig(String group, String isolation) {
    return new TreeMap<>(
        Map.of(
            "group.id",
            group,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false",
            "isolation.level",
            isolation,
            "request.timeout.ms",
            1_000,
            "session.timeout.ms",
            6_000,
            "heartbeat.interval.ms",
            500,
            "key.deserializer",
            READER,
            "value.deserializer",
            READER));
  }

  static Map<String, Object> producerConfig(String transactionalId) {
    return new TreeMap<>(
        Map.of(
            "transactional.id", transactionalId,
            "transaction.timeout.ms", 20_000,
            "request.timeout.ms", 1_000,
            "delivery.timeout.ms", 5_000,
            "max.block.ms", 8_000,
            "key.serializer", WRITER,
            "value.serializer", WRITER));
  }

  void run() {
    try (Consumer<String, String> consumer =
        process.consumer(consumerConfig("copiers", "read_committed"))) {
      consumer.subscribe(List.of("in"));
      while (running.getAsBoolean()) {
        producers++;
        try (Producer<String, String> producer =
            process.producer(producerConfig(transactionalId))) {
          initialize(producer);
          while (running.getAsBoolean()) {
            copy(consumer, producer);
          }
        } catch (ProducerFencedException | Unusable fatal) {
          rewind(consumer);
        }
      }
    }
  }

  /** The producer cannot go on. */
  private static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(Throwable cause) {
      super(cause);
    }
  }

  private static void initialize(Producer<String, String> producer) {
    while (true) {
      try {
        producer.initTransactions();
        return;
      } catch (TimeoutException again) {
        // The same call goes on waiting for the same answer.
      }
    }
  }

  private void copy(Consumer<String, String> consumer, Producer<String, String> producer) {
    ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
    if (records.isEmpty()) {
      return;
    }
    try {
      producer.beginTransaction();
      for (ConsumerRecord<String, String> record : records) {
        var unused = producer.send(new ProducerRecord<>("out", record.key(), record.value()));
      }
      producer.sendOffsetsToTransaction(next(records), consumer.groupMetadata());
      commit(producer);
    } catch (ProducerFencedException fenced) {
      throw fenced;
    } catch (InvalidProducerEpochException | IllegalStateException | TimeoutException failed) {
      abort(consumer, producer);
    } catch (KafkaException failed) {
      abort(consumer, producer);
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(ConsumerRecords<?, ?> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
    records
        .partitions()
        .forEach(
            partition ->
                next.put(
                    partition,
                    java.util.Objects.requireNonNull(records.nextOffsets().get(partition))));
    return next;
  }

  /** A commit whose outcome is not known is asked for again. */
  private static void commit(Producer<String, String> producer) {
    while (true) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException unknown) {
        // It is asked for again.
      }
    }
  }

  private void abort(Consumer<String, String> consumer, Producer<String, String> producer) {
    aborts++;
    while (true) {
      try {
        producer.abortTransaction();
        break;
      } catch (TimeoutException unknown) {
        // It is asked for again.
      } catch (KafkaException | IllegalStateException fatal) {
        throw new Unusable(fatal);
      }
    }
    rewind(consumer);
  }

  private static void rewind(Consumer<String, String> consumer) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
    for (TopicPartition partition : consumer.assignment()) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }
}
