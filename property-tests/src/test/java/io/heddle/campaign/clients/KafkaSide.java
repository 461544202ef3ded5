package io.heddle.campaign.clients;

import io.heddle.contract.RealConsumers;
import io.heddle.embedded.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeleteTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The one real broker of the campaign, as one play sees it: its clients and topics end with it. */
final class KafkaSide implements Side {
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private final Broker broker;
  private final List<AutoCloseable> clients = new ArrayList<>();
  private final Set<String> topics = new TreeSet<>();

  /** A broker in this JVM, for many plays at once. */
  static final class Broker implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final Admin admin;
    private final Queue<DeleteTopicsResult> deletions = new ConcurrentLinkedQueue<>();

    private Broker(EmbeddedKafka kafka) {
      this.kafka = kafka;
      this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    static Broker start() {
      try {
        return new Broker(
            EmbeddedKafka.start(
                1,
                Map.of(
                    // Of many topics those that are gone must not take up files, and a machine
                    // that is busy must not fence the broker.
                    "log.segment.delete.delay.ms", "1000",
                    "broker.session.timeout.ms", "60000",
                    "auto.create.topics.enable", "false",
                    "group.min.session.timeout.ms", "100",
                    "group.consumer.min.heartbeat.interval.ms", "100",
                    "group.consumer.heartbeat.interval.ms", "100",
                    "group.consumer.min.session.timeout.ms", "1000",
                    // Assigning on a thread apart, or at most once a second (KIP-1263), answers a
                    // first heartbeat with nothing, now and then.
                    "group.consumer.assignor.offload.enable", "false",
                    "group.consumer.assignment.interval.ms", "0")));
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException("no broker to play on", failed);
      }
    }

    /** Plays the trace. */
    List<String> play(Trace trace, String prefix) {
      Play play = new Play(trace, prefix);
      KafkaSide side = new KafkaSide(this);
      try {
        play.on(side);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("interrupted", interrupted);
      } finally {
        side.closeClients();
        deletions.add(admin.deleteTopics(side.topics));
      }
      return play.outcomes();
    }

    @Override
    public void close() {
      deletions.forEach(each -> each.topicNameValues().forEach(KafkaSide::await));
      admin.close();
      try {
        kafka.close();
      } catch (IOException failed) {
        throw new IllegalStateException("the broker did not stop", failed);
      }
    }
  }

  private static void await(String topic, KafkaFuture<Void> deletion) {
    try {
      deletion.get();
    } catch (ExecutionException failed) {
      // A step may have deleted it, and not have heard so in time.
      if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw new IllegalStateException(topic + " was not deleted", failed);
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private KafkaSide(Broker broker) {
    this.broker = broker;
  }

  private void closeClients() {
    for (AutoCloseable client : clients) {
      try {
        client.close();
      } catch (Exception afterwards) {
        // The play is over; whoever was broken in it may say so once more.
        if (!(afterwards instanceof KafkaException)) {
          throw new IllegalStateException("a client did not close", afterwards);
        }
      }
    }
  }

  private Map<String, Object> connected(Map<String, Object> properties) {
    Map<String, Object> all = new TreeMap<>(properties);
    all.put("bootstrap.servers", broker.kafka.bootstrapServers());
    return all;
  }

  @Override
  public <K, V> Consumer<K, V> consumer(Map<String, Object> properties) {
    Consumer<K, V> consumer = RealConsumers.connected(connected(properties));
    clients.add(() -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
    return consumer;
  }

  @Override
  public <K, V> Producer<K, V> producer(Map<String, Object> properties) {
    Producer<K, V> producer = new KafkaProducer<>(connected(properties));
    clients.add(() -> producer.close(Duration.ZERO));
    return producer;
  }

  @Override
  public Admin admin(Map<String, Object> properties) {
    Admin admin = Admin.create(connected(properties));
    clients.add(() -> admin.close(Duration.ZERO));
    return admin;
  }

  @Override
  public Admin onlooker() {
    return broker.admin;
  }

  @Override
  public void createTopic(String name, int partitions) {
    get(
        broker
            .admin
            .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(Play.TOPIC)))
            .all());
    awaitTopic(name, partitions);
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException("the broker does not answer the onlooker", failed);
    }
  }

  /** A topic has been created before its broker knows it. */
  @Override
  public void awaitTopic(String name, int partitions) {
    topics.add(name);
    Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
    }
    while (true) {
      try {
        broker.admin.listOffsets(ends).all().get();
        return;
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof RetriableException)) {
          throw new IllegalStateException("topic " + name + " does not come up", failed);
        }
        pause();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("interrupted", interrupted);
      }
    }
  }

  @Override
  public void awaitNoTopic(String name) {
    while (isDescribed(name)) {
      pause();
    }
    topics.remove(name);
  }

  private boolean isDescribed(String topic) {
    try {
      broker.admin.describeTopics(List.of(topic)).allTopicNames().get();
      return true;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new IllegalStateException("the broker does not answer the onlooker", failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel isolation) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
    partitions.forEach(each -> asked.put(each, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        get(broker.admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
    Map<TopicPartition, Long> ends = new LinkedHashMap<>();
    partitions.forEach(each -> ends.put(each, found.get(each).offset()));
    return ends;
  }

  @Override
  public void awaitEnded(Collection<String> transactionalIds) {
    while (transactionalIds.stream().anyMatch(this::isEnding)) {
      pause();
    }
  }

  private boolean isEnding(String transactionalId) {
    try {
      TransactionDescription found =
          broker
              .admin
              .describeTransactions(List.of(transactionalId))
              .description(transactionalId)
              .get();
      return found.state() == TransactionState.PREPARE_ABORT
          || found.state() == TransactionState.PREPARE_COMMIT
          || found.state() == TransactionState.PREPARE_EPOCH_FENCE;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TransactionalIdNotFoundException) {
        return false;
      }
      throw new IllegalStateException("the broker does not answer the onlooker", failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
