package io.heddle.simulator.fault;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.broker.BrokerOperations;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** What a {@link FaultPlan} can let happen to brokers and logs, to be imported statically. */
public final class BrokerFaults {
  private BrokerFaults() {}

  /**
   * Ends a broker: connections break, and its partitions and groups are without an answer until its
   * session is over.
   */
  public static TimedAction crashBroker(int broker) {
    return broker(
        "crash-broker",
        broker,
        kafka -> {
          if (!kafka.cluster().operations().isUp(broker)) {
            return "broker " + broker + " was not there";
          }
          kafka.crashBroker(broker);
          return TimedAction.DONE;
        });
  }

  /** Lets a broker hand over its partitions and go. */
  public static TimedAction shutDownBroker(int broker) {
    return broker(
        "shut-down-broker",
        broker,
        kafka -> {
          if (!kafka.cluster().operations().isUp(broker)) {
            return "broker " + broker + " was not there";
          }
          kafka.shutDownBroker(broker);
          return TimedAction.DONE;
        });
  }

  /** Starts a broker that is not there; one that is, is shut down first. */
  public static TimedAction restartBroker(int broker) {
    return broker(
        "restart-broker",
        broker,
        kafka -> {
          if (kafka.cluster().operations().isUp(broker)) {
            kafka.shutDownBroker(broker);
          }
          kafka.startBroker(broker);
          return TimedAction.DONE;
        });
  }

  /**
   * Gives a group another coordinator.
   *
   * @param loading for how long that one loads
   */
  public static TimedAction moveCoordinator(String group, int broker, Duration loading) {
    return up(
        "move-coordinator " + group,
        broker,
        kafka -> {
          kafka.cluster().operations().moveCoordinator(group, broker, loading.toMillis());
          return TimedAction.DONE;
        });
  }

  /** Gives a transactional id another coordinator. */
  public static TimedAction moveTransactionCoordinator(
      String transactionalId, int broker, Duration loading) {
    return up(
        "move-transaction-coordinator " + transactionalId,
        broker,
        kafka -> {
          kafka
              .cluster()
              .operations()
              .moveTransactionCoordinator(transactionalId, broker, loading.toMillis());
          return TimedAction.DONE;
        });
  }

  /** Lets the partition's log lose its tail from an offset on, as with an unclean leader. */
  public static TimedAction truncate(TopicPartition partition, long offset) {
    return partition(
        "truncate",
        partition,
        kafka -> {
          BrokerOperations operations = kafka.cluster().operations();
          int leader = kafka.cluster().leaderOf(partition);
          if (leader < 0 || !operations.isUp(leader)) {
            return partition + " had no leader";
          }
          if (kafka.cluster().endOffset(partition) <= offset) {
            return partition + " did not reach offset " + offset;
          }
          operations.truncate(partition, offset, leader);
          return TimedAction.DONE;
        });
  }

  /** Lets the partition's log lose so many records at its end. */
  public static TimedAction truncateBy(TopicPartition partition, long records) {
    return partition(
        "truncate",
        partition,
        kafka ->
            truncate(partition, Math.max(0, kafka.cluster().endOffset(partition) - records))
                .act()
                .apply(kafka));
  }

  /** Deletes the partition's records before an offset, as retention does. */
  public static TimedAction expire(TopicPartition partition, long beforeOffset) {
    return partition(
        "expire",
        partition,
        kafka ->
            done(
                kafka.cluster().operations().deleteRecords(partition, beforeOffset),
                "nothing was there before offset " + beforeOffset));
  }

  /** Deletes the partition's records but for the last so many, as retention does. */
  public static TimedAction expireAllBut(TopicPartition partition, long records) {
    return partition(
        "expire",
        partition,
        kafka ->
            done(
                kafka
                    .cluster()
                    .operations()
                    .deleteRecords(
                        partition, Math.max(0, kafka.cluster().endOffset(partition) - records)),
                "there were no more than " + records + " records"));
  }

  /** Compacts the partition's log, whose topic has to be compacted. */
  public static TimedAction compact(TopicPartition partition) {
    return partition(
        "compact",
        partition,
        kafka ->
            done(
                kafka.cluster().operations().compact(partition),
                "nothing could be compacted (is the topic?)"));
  }

  /** Lets the partition's leader forget the producers it knows. */
  public static TimedAction expireProducers(TopicPartition partition) {
    return partition(
        "expire-producers",
        partition,
        kafka ->
            done(
                kafka.cluster().operations().expireProducers(partition) > 0,
                "no producer was known"));
  }

  /** Adds partitions to a topic, up to so many. */
  public static TimedAction addPartitions(String topic, int total) {
    return topic(
        "add-partitions",
        topic,
        kafka -> {
          if (kafka.cluster().partitionsOf(topic) >= total) {
            return topic + " had as many already";
          }
          kafka.cluster().addPartitions(topic, total);
          return TimedAction.DONE;
        });
  }

  /** Deletes a topic, its records and its committed offsets. */
  public static TimedAction deleteTopic(String topic) {
    return topic(
        "delete-topic",
        topic,
        kafka -> {
          kafka.cluster().deleteTopic(topic);
          return TimedAction.DONE;
        });
  }

  /** Deletes a topic and creates one of the same name and shape: another id, and offset 0. */
  public static TimedAction recreateTopic(String topic) {
    return topic(
        "recreate-topic",
        topic,
        kafka -> {
          kafka.cluster().recreateTopic(topic);
          return TimedAction.DONE;
        });
  }

  /** For so long each transaction marker takes so much longer to its partition. */
  public static TimedAction delayMarkers(Duration by, Duration lasting) {
    return new TimedAction(
        "delay-markers",
        kafka -> {
          kafka.cluster().operations().delayMarkers(partition -> by.toNanos());
          afterwards(kafka, lasting, () -> kafka.cluster().operations().releaseMarkers());
          return TimedAction.DONE;
        });
  }

  /** For so long no transaction marker gets to the partition: its last stable offset hangs. */
  public static TimedAction hangMarkers(TopicPartition partition, Duration lasting) {
    return partition(
        "hang-markers",
        partition,
        kafka -> {
          kafka
              .cluster()
              .operations()
              .delayMarkers(each -> each.equals(partition) ? Long.MAX_VALUE : 0);
          afterwards(kafka, lasting, () -> kafka.cluster().operations().releaseMarkers());
          return TimedAction.DONE;
        });
  }

  static void afterwards(SimulatedKafka kafka, Duration delay, Runnable action) {
    var unused = kafka.simulation().after(delay.toNanos(), null, action);
  }

  private static TimedAction broker(
      String label, int broker, Function<SimulatedKafka, String> action) {
    return new TimedAction(
        label + " " + broker,
        kafka ->
            broker < 0 || broker >= kafka.cluster().brokers().size()
                ? "there was no broker " + broker
                : action.apply(kafka));
  }

  private static TimedAction up(String label, int broker, Function<SimulatedKafka, String> action) {
    return broker(
        label,
        broker,
        kafka ->
            kafka.cluster().operations().isUp(broker)
                ? action.apply(kafka)
                : "broker " + broker + " was not there");
  }

  private static TimedAction topic(
      String label, String topic, Function<SimulatedKafka, String> action) {
    return new TimedAction(
        label + " " + topic,
        kafka ->
            kafka.cluster().topics().contains(topic)
                ? action.apply(kafka)
                : "there was no topic " + topic);
  }

  private static TimedAction partition(
      String label, TopicPartition partition, Function<SimulatedKafka, String> action) {
    return new TimedAction(
        label + " " + partition,
        kafka -> {
          boolean exists =
              kafka.cluster().topics().contains(partition.topic())
                  && partition.partition() < kafka.cluster().partitionsOf(partition.topic());
          return exists ? action.apply(kafka) : "there was no partition " + partition;
        });
  }

  private static String done(boolean done, String otherwise) {
    return done ? TimedAction.DONE : otherwise;
  }
}
