package io.heddle.campaign.clients;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A Kafka on which a trace is played: simulated or real. */
interface Side {
  /** A new consumer. */
  <K, V> Consumer<K, V> consumer(Map<String, Object> properties);

  /** A new producer. */
  <K, V> Producer<K, V> producer(Map<String, Object> properties);

  /** A new admin client. */
  Admin admin(Map<String, Object> properties);

  /** An admin client that no step uses: to see whether all is quiet. */
  Admin onlooker();

  /** Creates a topic that keeps its records for ever, and waits until it can be used. */
  void createTopic(String name, int partitions);

  /** Waits until such a topic can be used. */
  void awaitTopic(String name, int partitions);

  /** Waits until a topic is gone. */
  void awaitNoTopic(String name);

  /** The offsets at which a reader has read everything that it can. */
  Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel isolation);

  /** Waits until none of these has a transaction that is being ended. */
  void awaitEnded(Collection<String> transactionalIds);

  /** Time that only goes forward, as the clients see it. */
  long nanoTime();

  /** Lets a little of that time pass. */
  void pause();

  /** Lets so much of it pass, or a little more. */
  default void rest(long nanos) {
    long deadline = nanoTime() + nanos;
    while (nanoTime() < deadline) {
      pause();
    }
  }
}
