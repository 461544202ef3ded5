package io.heddle.engine;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;

/**
 * Where an {@link EventSource} gets its Kafka clients.
 *
 * <p>Each factory is called on the thread that will own the client: the consumer on the poll
 * thread, the producer on the output thread. The producer is made at most once per source, and only
 * once something is forwarded; the consumer once, and again for each time that the group has not
 * yet released its {@code group.instance.id} (see {@link Patience}); transactional producers are
 * made at the start and after one was fenced. The source closes all of them. The consumer must have
 * {@code enable.auto.commit=false}, and for exactly-once delivery {@code
 * isolation.level=read_committed} if what it reads is written in transactions.
 *
 * @param consumers makes the consumer; apart from {@code wakeup()} only the poll thread calls it
 * @param producers makes the producer; only the output thread calls it
 * @param transactionalProducers makes a producer with the transactional id it is given, for
 *     exactly-once delivery; only the output thread calls it
 * @param restoreConsumers makes consumers, with this isolation level and without a group, that read
 *     change logs of state stores; only the restore thread calls them. They should have {@code
 *     auto.offset.reset=earliest} and {@code allow.auto.create.topics=false}
 * @param admins makes the client that creates and checks change logs; only the restore thread calls
 *     it
 */
public record KafkaClients(
    Supplier<Consumer<byte[], byte[]>> consumers,
    Supplier<Producer<byte[], byte[]>> producers,
    Function<String, Producer<byte[], byte[]>> transactionalProducers,
    Optional<Function<IsolationLevel, Consumer<byte[], byte[]>>> restoreConsumers,
    Optional<Supplier<Admin>> admins) {

  /** Refuses missing factories. */
  public KafkaClients {
    Objects.requireNonNull(consumers, "consumers");
    Objects.requireNonNull(producers, "producers");
    Objects.requireNonNull(transactionalProducers, "transactionalProducers");
    Objects.requireNonNull(restoreConsumers, "restoreConsumers");
    Objects.requireNonNull(admins, "admins");
  }

  /** Clients for at-least-once delivery. */
  public KafkaClients(
      Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Producer<byte[], byte[]>> producers) {
    this(
        consumers,
        producers,
        id -> {
          throw new IllegalStateException(
              "exactly-once delivery needs KafkaClients.withTransactionalProducers");
        },
        Optional.empty(),
        Optional.empty());
  }

  /** These, with a factory of producers for exactly-once delivery. */
  public KafkaClients withTransactionalProducers(
      Function<String, Producer<byte[], byte[]>> factory) {
    return new KafkaClients(consumers, producers, factory, restoreConsumers, admins);
  }

  /** These, with a factory of consumers that restore state stores. */
  public KafkaClients withRestoreConsumers(
      Function<IsolationLevel, Consumer<byte[], byte[]>> factory) {
    return new KafkaClients(
        consumers, producers, transactionalProducers, Optional.of(factory), admins);
  }

  /** These, with a factory of admin clients, which create and check change logs. */
  public KafkaClients withAdmins(Supplier<Admin> factory) {
    return new KafkaClients(
        consumers, producers, transactionalProducers, restoreConsumers, Optional.of(factory));
  }
}
