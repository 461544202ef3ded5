package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Where {@code auto.offset.reset=by_duration:…} (KIP-1106) starts, by either group protocol. */
interface DurationResetContract extends Contract {
  private static List<Consumer<String, String>> readers(KafkaArm kafka, Object... overrides) {
    return List.of(kafka.reader(overrides), kafka.modernReader(overrides));
  }

  /** A partition with a record of each age; the ages count from the moment of the call. */
  private static TopicPartition partitionAged(KafkaArm kafka, Duration... ages) throws Exception {
    TopicPartition partition = kafka.partitionWith("now");
    Consumer<String, String> clock = kafka.reader();
    clock.assign(List.of(partition));
    long now = kafka.read(clock, 1).get(0).timestamp();
    TopicPartition aged = new TopicPartition(kafka.topic(1), 0);
    try (Producer<String, String> producer = kafka.producer()) {
      for (Duration age : ages) {
        producer
            .send(
                new ProducerRecord<>(
                    aged.topic(), 0, now - age.toMillis(), null, String.valueOf(age.toMinutes())))
            .get();
      }
    }
    return aged;
  }

  /** A reader of the partition by each protocol; without an offset it goes back so far. */
  private static List<Consumer<String, String>> readersBackBy(
      KafkaArm kafka, String duration, TopicPartition partition) {
    List<Consumer<String, String>> readers =
        readers(kafka, "auto.offset.reset", "by_duration:" + duration);
    readers.forEach(reader -> reader.assign(List.of(partition)));
    return readers;
  }

  @Test
  default void startsAtTheFirstRecordThatIsNotOlder() throws Exception {
    run(
        kafka -> {
          TopicPartition partition =
              partitionAged(
                  kafka, Duration.ofHours(3), Duration.ofMinutes(30), Duration.ofMinutes(90));
          for (Consumer<String, String> reader : readersBackBy(kafka, "PT1H", partition)) {
            assertThat(reader.position(partition)).isEqualTo(1);
            assertThat(kafka.values(reader, 2)).containsExactly("30", "90");
          }
        });
  }

  @Test
  default void startsAtTheBeginningIfNothingIsOlder() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = partitionAged(kafka, Duration.ofHours(3), Duration.ofHours(2));
          for (Consumer<String, String> reader : readersBackBy(kafka, "P1DT2H3M4.5S", partition)) {
            assertThat(kafka.values(reader, 2)).containsExactly("180", "120");
          }
        });
  }

  @Test
  default void hasNoPositionWhileEverythingIsOlder() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = partitionAged(kafka, Duration.ofHours(3));
          for (Consumer<String, String> reader : readersBackBy(kafka, "PT1H", partition)) {
            assertThatThrownBy(() -> reader.position(partition, Duration.ofMillis(300)))
                .isExactlyInstanceOf(TimeoutException.class);
          }
        });
  }

  @Test
  default void asksAgainOnlyAfterTheTimeOutOfARequest() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<Consumer<String, String>> readers = readersBackBy(kafka, "PT1H", partition);
          readers.forEach(reader -> reader.poll(Duration.ofMillis(300)));

          kafka.write(partition, "a");

          for (Consumer<String, String> reader : readers) {
            assertThat(reader.poll(Duration.ofMillis(500))).isEmpty();
          }
        });
  }

  @Test
  default void startsAtARecordThatCameWhileItWaited() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
          List<Consumer<String, String>> readers =
              readers(
                  kafka,
                  "auto.offset.reset",
                  "by_duration:PT1H",
                  "request.timeout.ms",
                  "400",
                  "default.api.timeout.ms",
                  "400");
          for (Consumer<String, String> reader : readers) {
            reader.assign(List.of(partition));
            reader.poll(Duration.ofMillis(300));
          }

          kafka.write(partition, "a");

          for (Consumer<String, String> reader : readers) {
            assertThat(kafka.values(reader, 1)).containsExactly("a");
          }
        });
  }

  @Test
  default void goesBackByTheDurationFromOutOfRange() throws Exception {
    run(
        kafka -> {
          TopicPartition partition =
              partitionAged(kafka, Duration.ofHours(3), Duration.ofMinutes(30));
          for (Consumer<String, String> reader : readersBackBy(kafka, "PT1H", partition)) {
            reader.seek(partition, 7);

            assertThat(kafka.values(reader, 1)).containsExactly("30");
          }
        });
  }

  @Test
  default void prefersTheCommittedOffsetToTheDuration() throws Exception {
    run(
        kafka -> {
          TopicPartition partition =
              partitionAged(kafka, Duration.ofHours(3), Duration.ofHours(2), Duration.ZERO);
          String classic = kafka.unique("group");
          String modern = kafka.unique("group");
          for (Consumer<String, String> member :
              List.of(
                  kafka.member(classic, "auto.offset.reset", "by_duration:PT1H"),
                  kafka.modern(modern, "auto.offset.reset", "by_duration:PT1H"))) {
            member.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
            member.assign(List.of(partition));

            assertThat(kafka.values(member, 2)).containsExactly("120", "0");
          }
        });
  }

  @Test
  default void canBeSentElsewhereWhileEverythingIsOlder() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = partitionAged(kafka, Duration.ofHours(3));
          for (Consumer<String, String> reader : readersBackBy(kafka, "PT1H", partition)) {
            reader.poll(Duration.ofMillis(300));

            reader.seekToEnd(List.of(partition));
            assertThat(reader.position(partition)).isEqualTo(1);
            reader.seekToBeginning(List.of(partition));
            assertThat(kafka.values(reader, 1)).containsExactly("180");
          }
        });
  }

  @Test
  default void hasNoPositionBeforeTheYear1970() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          for (Consumer<String, String> reader : readersBackBy(kafka, "P40000D", partition)) {
            assertThatThrownBy(() -> reader.position(partition, Duration.ofMillis(300)))
                .isExactlyInstanceOf(TimeoutException.class);
          }
        });
  }

  @Test
  default void cannotGoBackToBeforeTheBeginningOfTime() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String reset = "by_duration:PT9223372036854775807S";
          Consumer<String, String> classic = kafka.reader("auto.offset.reset", reset);
          classic.assign(List.of(partition));
          Consumer<String, String> modern = kafka.modernReader("auto.offset.reset", reset);
          modern.assign(List.of(partition));

          assertThatThrownBy(() -> classic.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(DateTimeException.class);
          assertThatThrownBy(() -> modern.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(KafkaException.class)
              .hasCauseExactlyInstanceOf(DateTimeException.class);
        });
  }

  @Test
  default void cannotGoBackFurtherThanMillisecondsCanTell() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          String reset = "by_duration:PT10000000000000000S";
          Consumer<String, String> classic = kafka.reader("auto.offset.reset", reset);
          classic.assign(List.of(partition));
          Consumer<String, String> modern = kafka.modernReader("auto.offset.reset", reset);
          modern.assign(List.of(partition));

          assertThatThrownBy(() -> classic.position(partition))
              .isExactlyInstanceOf(ArithmeticException.class);
          assertThatThrownBy(() -> modern.position(partition))
              .isExactlyInstanceOf(KafkaException.class)
              .hasCauseExactlyInstanceOf(ArithmeticException.class);
        });
  }

  @Test
  default void refusesWhatIsNoDuration() throws Exception {
    run(
        kafka -> {
          for (String wrong :
              List.of(
                  "by_duration",
                  "by_duration:",
                  "by_duration:1h",
                  "by_duration:-PT1H",
                  "by_duration:P1M",
                  "by_duration: PT1H",
                  "BY_DURATION:PT1H",
                  "by_duration=PT1H")) {
            for (String protocol : List.of("classic", "consumer")) {
              assertThatThrownBy(
                      () ->
                          kafka.consumerWith(
                              KafkaArm.properties(
                                  KafkaArm.MODERN,
                                  "group.protocol",
                                  protocol,
                                  "auto.offset.reset",
                                  wrong)))
                  .isExactlyInstanceOf(ConfigException.class)
                  .hasMessage(
                      "Invalid value "
                          + wrong
                          + " for configuration auto.offset.reset: Invalid value `"
                          + wrong
                          + "` for configuration auto.offset.reset. The value must be either"
                          + " 'earliest', 'latest', 'none' or of the format"
                          + " 'by_duration:<PnDTnHnMn.nS.>'.");
            }
          }
        });
  }
}
