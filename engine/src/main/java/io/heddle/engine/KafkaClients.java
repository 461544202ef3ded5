package io.heddle.engine;

import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Where an {@link EventSource} gets its Kafka clients.
 *
 * <p>Each factory is called at most once per source, on the thread that will own the client: the
 * consumer on the poll thread, the producer on the output thread, and only once something is
 * forwarded. The source closes both. The consumer must have {@code enable.auto.commit=false}.
 *
 * @param consumers makes the consumer; apart from {@code wakeup()} only the poll thread calls it
 * @param producers makes the producer; only the output thread calls it
 */
public record KafkaClients(
    Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Producer<byte[], byte[]>> producers) {

  /** Refuses missing factories. */
  public KafkaClients {
    Objects.requireNonNull(consumers, "consumers");
    Objects.requireNonNull(producers, "producers");
  }
}
