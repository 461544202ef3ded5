package io.heddle.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** In which order a consumer gets what was fetched of several partitions. */
interface PollOrderContract extends Contract {
  @Test
  default void finishesWhatWasFetchedOfAPartitionBeforeTheNextOne() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = sixEach(kafka, "max.poll.records", "2");

          List<String> polls = polls(consumer, 6);

          assertThat(polls)
              .isIn(
                  List.of("0@0 0@1", "0@2 0@3", "0@4 0@5", "1@0 1@1", "1@2 1@3", "1@4 1@5"),
                  List.of("1@0 1@1", "1@2 1@3", "1@4 1@5", "0@0 0@1", "0@2 0@3", "0@4 0@5"));
        });
  }

  @Test
  default void fillsAPollFromTheNextPartition() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = sixEach(kafka, "max.poll.records", "4");

          List<String> polls = polls(consumer, 3);

          assertThat(polls)
              .isIn(
                  List.of("0@0 0@1 0@2 0@3", "0@4 0@5 1@0 1@1", "1@2 1@3 1@4 1@5"),
                  List.of("1@0 1@1 1@2 1@3", "1@4 1@5 0@0 0@1", "0@2 0@3 0@4 0@5"));
        });
  }

  @Test
  default void putsAPausedPartitionBehindTheOthers() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = sixEach(kafka, "max.poll.records", "2");
          List<String> first = polls(consumer, 1);
          int one = first.get(0).startsWith("0") ? 0 : 1;
          int other = 1 - one;
          TopicPartition paused =
              new TopicPartition(consumer.assignment().iterator().next().topic(), one);
          consumer.pause(List.of(paused));
          List<String> second = polls(consumer, 1);
          consumer.resume(List.of(paused));

          List<String> rest = polls(consumer, 4);

          assertThat(first).containsExactly("%1$d@0 %1$d@1".formatted(one));
          assertThat(second).containsExactly("%1$d@0 %1$d@1".formatted(other));
          assertThat(rest)
              .containsExactly(
                  "%1$d@2 %1$d@3".formatted(other),
                  "%1$d@4 %1$d@5".formatted(other),
                  "%1$d@2 %1$d@3".formatted(one),
                  "%1$d@4 %1$d@5".formatted(one));
        });
  }

  @Test
  default void endsAPollBeforeARecordThatCannotBeRead() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer =
              sixEach(kafka, "value.deserializer", Picky.class.getName());

          List<String> polls = polls(consumer, 1);

          assertThat(polls).isIn(List.of("0@0 0@1 0@2"), List.of("1@0 1@1 1@2"));
        });
  }

  /** Cannot read some values. */
  final class Picky implements Deserializer<String> {
    @Override
    public String deserialize(String topic, byte[] data) {
      String value = new String(data, UTF_8);
      if (value.equals("v3")) {
        throw new SerializationException("cannot read " + value);
      }
      return value;
    }
  }

  /** A reader of two partitions with six records each, all of which are there already. */
  private static Consumer<String, String> sixEach(KafkaArm kafka, String setting, String value) {
    String topic = kafka.topic(2);
    List<TopicPartition> partitions =
        List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
    for (TopicPartition partition : partitions) {
      kafka.write(partition, "v0", "v1", "v2", "v3", "v4", "v5");
    }
    Consumer<String, String> consumer =
        kafka.reader("auto.offset.reset", "earliest", setting, value);
    consumer.assign(partitions);
    return consumer;
  }

  /** What each of so many polls brings that bring anything. */
  private static List<String> polls(Consumer<String, String> consumer, int count) {
    List<String> polls = new ArrayList<>();
    for (int empty = 0; polls.size() < count && empty < 50; ) {
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
      List<String> places = new ArrayList<>();
      for (ConsumerRecord<String, String> each : records) {
        places.add(each.partition() + "@" + each.offset());
      }
      if (places.isEmpty()) {
        empty++;
      } else {
        polls.add(String.join(" ", places));
      }
    }
    return polls;
  }
}
