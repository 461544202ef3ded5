package io.heddle.contract;

import static io.heddle.contract.Metered.CONSUMER;
import static io.heddle.contract.Metered.COORDINATOR;
import static io.heddle.contract.Metered.FETCHES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

/** What a consumer's metrics are where Kafka leaves no doubt, by either protocol. */
interface ConsumerMetricsContract extends Contract {
  /** Tries it with a consumer of a group of either protocol. */
  @FunctionalInterface
  interface MemberBody {
    /** Tries it. */
    void on(KafkaArm kafka, Consumer<String, String> member) throws Exception;
  }

  private void withEither(MemberBody body, Object... overrides) throws Exception {
    run(
        kafka -> {
          body.on(kafka, kafka.member(kafka.unique("classic"), overrides));
          body.on(kafka, kafka.modern(kafka.unique("modern"), overrides));
        });
  }

  private void withEitherReader(MemberBody body, Object... overrides) throws Exception {
    run(
        kafka -> {
          body.on(kafka, kafka.reader(overrides));
          body.on(kafka, kafka.modernReader(overrides));
        });
  }

  private static String[] tags(TopicPartition partition) {
    return new String[] {
      "topic", partition.topic(), "partition", String.valueOf(partition.partition())
    };
  }

  @Test
  default void countsWhatWasRead() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          TopicPartition partition = kafka.partitionWith("a", "bb", "ccc");
          reader.assign(List.of(partition));
          kafka.read(reader, 3);
          Map<MetricName, ? extends Metric> metrics = reader.metrics();
          String topic = partition.topic();

          assertThat(Metered.number(metrics, FETCHES, "records-consumed-total")).isEqualTo(3);
          assertThat(Metered.number(metrics, FETCHES, "records-consumed-total", "topic", topic))
              .isEqualTo(3);
          // Each record of such a size takes seven bytes beside its value.
          assertThat(Metered.number(metrics, FETCHES, "bytes-consumed-total")).isEqualTo(27);
          assertThat(Metered.number(metrics, FETCHES, "bytes-consumed-total", "topic", topic))
              .isEqualTo(27);
          assertThat(Metered.number(metrics, FETCHES, "fetch-total")).isPositive();
          assertThat(Metered.number(metrics, FETCHES, "fetch-size-max")).isEqualTo(27);
          assertThat(Metered.number(metrics, FETCHES, "records-lag", tags(partition))).isZero();
          assertThat(Metered.number(metrics, FETCHES, "records-lead", tags(partition)))
              .isEqualTo(3);
          assertThat(Metered.find(metrics, FETCHES, "preferred-read-replica", tags(partition)))
              .contains(-1);
        });
  }

  @Test
  default void countsAFetchOnceItsEndWasSeen() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c", "d");
          reader.assign(List.of(partition));

          kafka.read(reader, 2);
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-consumed-total")).isZero();
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-lag", tags(partition)))
              .isEqualTo(2);
          kafka.read(reader, 2);
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-consumed-total")).isZero();
          reader.poll(KafkaArm.SHORT);
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-consumed-total"))
              .isEqualTo(4);
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-lag-max")).isEqualTo(2);
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-lead-min")).isEqualTo(2);
          assertThat(Metered.number(reader.metrics(), FETCHES, "records-per-request-avg"))
              .isEqualTo(4);
        },
        "max.poll.records",
        "2");
  }

  @Test
  default void countsWhatWasReadOfAFetchThatIsLetGo() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          TopicPartition first = kafka.partitionWith("a", "b", "c", "d");
          TopicPartition second = kafka.partitionWith();
          reader.assign(List.of(first));
          kafka.read(reader, 2);

          reader.assign(List.of(second));
          kafka.eventually(
              "the end of the fetch",
              () -> {
                reader.poll(KafkaArm.SHORT);
                return Metered.number(reader.metrics(), FETCHES, "records-consumed-total") == 2;
              });
        },
        "max.poll.records",
        "2");
  }

  @Test
  default void countsWhatWasReadWhenItIsClosed() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          reader.assign(List.of(kafka.partitionWith("a", "b", "c", "d")));
          kafka.read(reader, 2);

          reader.close();

          assertThat(Metered.number(reader.metrics(), FETCHES, "records-consumed-total"))
              .isEqualTo(2);
        },
        "max.poll.records",
        "2");
  }

  @Test
  default void knowsOfAPartitionWhileItIsAssigned() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          TopicPartition first = kafka.partitionWith("a");
          TopicPartition second = kafka.partitionWith("b");
          reader.assign(List.of(first));
          assertThat(Metered.find(reader.metrics(), FETCHES, "records-lag", tags(first))).isEmpty();
          kafka.read(reader, 1);
          Map<MetricName, ? extends Metric> live = reader.metrics();
          assertThat(Metered.find(live, FETCHES, "records-lag", tags(first))).contains(0.0);

          reader.assign(List.of(second));
          kafka.read(reader, 1);

          for (String name :
              List.of(
                  "records-lag",
                  "records-lag-max",
                  "records-lag-avg",
                  "records-lead",
                  "records-lead-min",
                  "records-lead-avg",
                  "preferred-read-replica")) {
            assertThat(Metered.find(live, FETCHES, name, tags(first))).as(name).isEmpty();
            assertThat(Metered.find(live, FETCHES, name, tags(second))).as(name).isPresent();
          }
          assertThat(
                  Metered.number(live, FETCHES, "records-consumed-total", "topic", first.topic()))
              .isEqualTo(1);
        });
  }

  @Test
  default void knowsNothingOfAPartitionThatItsGroupHasGivenAway() throws Exception {
    run(
        kafka -> {
          for (boolean modern : List.of(false, true)) {
            String group = kafka.unique("group");
            String topic = kafka.topic(2);
            kafka.write(new TopicPartition(topic, 0), "a");
            kafka.write(new TopicPartition(topic, 1), "b");
            Consumer<String, String> first = modern ? kafka.modern(group) : kafka.member(group);
            Consumer<String, String> second = modern ? kafka.modern(group) : kafka.member(group);
            first.subscribe(List.of(topic));
            kafka.read(first, 2);
            first.commitSync();
            second.subscribe(List.of(topic));
            kafka.settle(1, List.of(first, second));
            first.poll(KafkaArm.SHORT);

            TopicPartition kept = first.assignment().iterator().next();
            TopicPartition given = new TopicPartition(topic, 1 - kept.partition());
            for (String name : List.of("records-lag", "records-lead", "preferred-read-replica")) {
              assertThat(Metered.find(first.metrics(), FETCHES, name, tags(given)))
                  .as(name)
                  .isEmpty();
            }
            assertThat(Metered.find(first.metrics(), FETCHES, "preferred-read-replica", tags(kept)))
                .isPresent();
            second.close();
            first.close();
          }
        });
  }

  @Test
  default void takesInNoMetricOfTheApplications() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          MetricName name = new MetricName("answer", "mine", "", Map.of());
          KafkaMetric metric =
              new KafkaMetric(
                  new Object(), name, (Gauge<Integer>) (config, now) -> 42, null, Time.SYSTEM);

          reader.registerMetricForSubscription(metric);
          assertThat(reader.metrics().containsKey(name)).isFalse();
          reader.unregisterMetricFromSubscription(metric);
          assertThat(reader.metrics().containsKey(name)).isFalse();
        });
  }

  @Test
  default void tellsOfItsGroup() throws Exception {
    withEither(
        (kafka, member) -> {
          String topic = kafka.topic(2);
          Map<MetricName, ? extends Metric> metrics = member.metrics();
          assertThat(Metered.number(metrics, COORDINATOR, "assigned-partitions")).isZero();
          assertThat(Metered.number(metrics, COORDINATOR, "last-rebalance-seconds-ago"))
              .isEqualTo(-1);
          assertThat(Metered.number(metrics, COORDINATOR, "last-heartbeat-seconds-ago"))
              .isEqualTo(-1);
          member.subscribe(List.of(topic));
          kafka.join(member, 2);
          kafka.pollUntil(
              "a heartbeat",
              member,
              () -> Metered.number(metrics, COORDINATOR, "heartbeat-total") > 0);

          assertThat(Metered.number(metrics, COORDINATOR, "assigned-partitions")).isEqualTo(2);
          assertThat(Metered.number(metrics, COORDINATOR, "rebalance-total")).isEqualTo(1);
          assertThat(Metered.number(metrics, COORDINATOR, "last-rebalance-seconds-ago"))
              .isBetween(0.0, 20.0);
          assertThat(Metered.number(metrics, COORDINATOR, "last-heartbeat-seconds-ago"))
              .isBetween(0.0, 20.0);

          member.close();

          assertThat(Metered.number(metrics, COORDINATOR, "assigned-partitions")).isZero();
          assertThat(Metered.number(metrics, COORDINATOR, "rebalance-total")).isEqualTo(1);
        });
  }

  @Test
  default void countsHowAClassicGroupWasJoined() throws Exception {
    run(
        kafka -> {
          String group = kafka.unique("group");
          String topic = kafka.topic(2);
          try (Consumer<String, String> first = kafka.member(group)) {
            // It has found the coordinator, and the group is there.
            first.subscribe(List.of(topic));
            kafka.join(first, 2);
            Consumer<String, String> second = kafka.member(group);
            second.subscribe(List.of(topic));
            kafka.settle(1, List.of(first, second));
            Map<MetricName, ? extends Metric> metrics = second.metrics();

            assertThat(Metered.number(metrics, COORDINATOR, "join-total")).isEqualTo(1);
            assertThat(Metered.number(metrics, COORDINATOR, "sync-total")).isEqualTo(1);
            assertThat(Metered.number(metrics, COORDINATOR, "rebalance-total")).isEqualTo(1);
            // Without an id it was told to come again with one.
            assertThat(Metered.number(metrics, COORDINATOR, "failed-rebalance-total")).isEqualTo(1);
            assertThat(Metered.number(first.metrics(), COORDINATOR, "rebalance-total"))
                .isEqualTo(2);
          }
        });
  }

  @Test
  default void joinsAndSyncsNothingByTheConsumerProtocol() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> member = kafka.modern(kafka.unique("group"));

          assertThat(Metered.find(member.metrics(), COORDINATOR, "join-total")).isEmpty();
          assertThat(Metered.find(member.metrics(), COORDINATOR, "sync-total")).isEmpty();
          assertThat(Metered.number(member.metrics(), COORDINATOR, "failed-rebalance-total"))
              .isZero();
        });
  }

  @Test
  default void countsCommits() throws Exception {
    withEither(
        (kafka, member) -> {
          member.subscribe(List.of(kafka.partitionWith("a").topic()));
          kafka.read(member, 1);
          Map<MetricName, ? extends Metric> metrics = member.metrics();
          assertThat(Metered.number(metrics, COORDINATOR, "commit-total")).isZero();
          assertThat(Metered.number(metrics, CONSUMER, "commit-sync-time-ns-total")).isZero();

          member.commitSync();
          member.commitSync();
          member.committed(Set.of(member.assignment().iterator().next()));

          assertThat(Metered.number(metrics, COORDINATOR, "commit-total")).isEqualTo(2);
          assertThat(Metered.number(metrics, COORDINATOR, "commit-rate")).isPositive();
          assertThat(Metered.number(metrics, COORDINATOR, "commit-latency-max"))
              .isGreaterThanOrEqualTo(Metered.number(metrics, COORDINATOR, "commit-latency-avg"));
          assertThat(Metered.number(metrics, CONSUMER, "commit-sync-time-ns-total")).isPositive();
          assertThat(Metered.number(metrics, CONSUMER, "committed-time-ns-total")).isPositive();
        });
  }

  @Test
  default void hasNoCoordinatorWithoutAGroup() throws Exception {
    withEitherReader(
        (kafka, reader) -> {
          assertThat(Metered.find(reader.metrics(), COORDINATOR, "commit-total")).isEmpty();
          assertThat(Metered.find(reader.metrics(), COORDINATOR, "assigned-partitions")).isEmpty();
        });
  }

  @Test
  default void forgetsWhatItDoesWhenItIsClosed() throws Exception {
    withEither(
        (kafka, member) -> {
          Map<MetricName, ? extends Metric> metrics = member.metrics();
          assertThat(Metered.find(metrics, CONSUMER, "last-poll-seconds-ago")).contains(-1.0);
          member.subscribe(List.of(kafka.topic(1)));
          member.poll(KafkaArm.SHORT);
          assertThat(Metered.number(metrics, CONSUMER, "last-poll-seconds-ago"))
              .isBetween(0.0, 20.0);
          assertThat(Metered.find(metrics, "app-info", "version")).isPresent();
          assertThat(Metered.number(metrics, "kafka-metrics-count", "count"))
              .isEqualTo(metrics.size());

          member.close();

          assertThat(Metered.find(metrics, CONSUMER, "last-poll-seconds-ago")).isEmpty();
          assertThat(Metered.find(metrics, CONSUMER, "time-between-poll-max")).isEmpty();
          assertThat(Metered.find(metrics, CONSUMER, "commit-sync-time-ns-total")).isEmpty();
          assertThat(Metered.find(metrics, "app-info", "version")).isEmpty();
          assertThat(Metered.find(metrics, COORDINATOR, "commit-total")).contains(0.0);
          assertThat(Metered.find(metrics, FETCHES, "fetch-total")).isPresent();
          assertThat(Metered.number(metrics, "kafka-metrics-count", "count"))
              .isEqualTo(metrics.size());
        });
  }
}
