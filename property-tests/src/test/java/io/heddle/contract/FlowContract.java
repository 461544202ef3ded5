package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.junit.jupiter.api.Test;

/** How much a poll returns, and of which partitions. */
interface FlowContract extends Contract {
  @Test
  default void deliversNothingOfAPausedPartition() throws Exception {
    run(
        kafka -> {
          TopicPartition paused = kafka.partitionWith("a");
          TopicPartition other = kafka.partitionWith("b");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(paused, other));

          consumer.pause(List.of(paused));

          assertThat(kafka.values(consumer, 1)).containsExactly("b");
          assertThat(consumer.poll(KafkaArm.SHORT)).isEmpty();
          assertThat(consumer.paused()).containsExactly(paused);
        });
  }

  @Test
  default void goesOnWhereItWasPaused() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b", "c");
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "1");
          consumer.assign(List.of(partition));
          assertThat(kafka.values(consumer, 1)).containsExactly("a");
          consumer.pause(List.of(partition));
          assertThat(consumer.poll(KafkaArm.SHORT)).isEmpty();

          consumer.resume(List.of(partition));

          assertThat(kafka.values(consumer, 2)).containsExactly("b", "c");
          assertThat(consumer.paused()).isEmpty();
        });
  }

  @Test
  default void canBePausedAndResumedTwice() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));

          consumer.pause(List.of(partition));
          consumer.pause(List.of(partition));
          consumer.resume(List.of(partition));
          consumer.resume(List.of(partition));

          assertThat(kafka.values(consumer, 1)).containsExactly("a");
        });
  }

  @Test
  default void movesAPausedPartition() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith("a", "b");
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));
          consumer.pause(List.of(partition));

          consumer.seek(partition, 1);

          assertThat(consumer.poll(KafkaArm.SHORT)).isEmpty();
          assertThat(consumer.paused()).containsExactly(partition);
          consumer.resume(List.of(partition));
          assertThat(kafka.values(consumer, 1)).containsExactly("b");
        });
  }

  @Test
  default void returnsNoMoreRecordsThanItMay() throws Exception {
    run(
        kafka -> {
          String[] values = IntStream.range(0, 10).mapToObj(i -> "v" + i).toArray(String[]::new);
          TopicPartition partition = kafka.partitionWith(values);
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "3");
          consumer.assign(List.of(partition));
          List<String> read = new ArrayList<>();

          kafka.eventually(
              "all records",
              () -> {
                ConsumerRecords<String, String> records = consumer.poll(KafkaArm.SHORT);
                assertThat(records.count()).isLessThanOrEqualTo(3);
                records.forEach(record -> read.add(record.value()));
                return read.size() >= values.length;
              });

          assertThat(read).containsExactly(values);
        });
  }

  @Test
  default void returnsTheRecordsOfSeveralPartitionsTogether() throws Exception {
    run(
        kafka -> {
          TopicPartition first = kafka.partitionWith("a1", "a2", "a3");
          TopicPartition second = kafka.partitionWith("b1", "b2", "b3");
          Consumer<String, String> consumer = kafka.reader("max.poll.records", "2");
          consumer.assign(List.of(first, second));

          List<ConsumerRecord<String, String>> records = kafka.read(consumer, 6);

          assertThat(records.stream().filter(it -> it.topic().equals(first.topic())))
              .extracting(ConsumerRecord::value)
              .containsExactly("a1", "a2", "a3");
          assertThat(records.stream().filter(it -> it.topic().equals(second.topic())))
              .extracting(ConsumerRecord::value)
              .containsExactly("b1", "b2", "b3");
        });
  }

  @Test
  default void returnsEmptyHandedWhenTimeIsUp() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(kafka.partitionWith()));

          ConsumerRecords<String, String> records = consumer.poll(KafkaArm.SHORT);

          assertThat(records.isEmpty()).isTrue();
          assertThat(records.count()).isZero();
          assertThat(records.partitions()).isEmpty();
          assertThat(records.nextOffsets()).isEmpty();
        });
  }

  @Test
  default void returnsAsSoonAsThereIsARecord() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = kafka.partitionWith();
          Consumer<String, String> consumer = kafka.reader();
          consumer.assign(List.of(partition));
          consumer.poll(KafkaArm.SHORT);
          List<String> read = new ArrayList<>();
          KafkaArm.Task polling =
              kafka.start(
                  "poll",
                  () ->
                      consumer
                          .poll(Duration.ofDays(1))
                          .forEach(record -> read.add(record.value())));

          kafka.write(partition, "a");

          polling.await();
          assertThat(read).containsExactly("a");
        });
  }

  @Test
  default void tellsOfATopicThatCannotBe() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer = kafka.member(kafka.unique("group"));
          consumer.subscribe(List.of("no topic!"));

          assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
              .isExactlyInstanceOf(InvalidTopicException.class);
        });
  }

  @Test
  default void readsATopicThatAppearsLater() throws Exception {
    run(
        kafka -> {
          Consumer<String, String> consumer =
              kafka.member(kafka.unique("group"), "metadata.max.age.ms", "200");
          String existing = kafka.topic(1);
          consumer.subscribe(List.of(existing));
          kafka.join(consumer, 1);
          TopicPartition later = kafka.partitionWith("a");

          consumer.subscribe(List.of(existing, later.topic()));

          assertThat(kafka.values(consumer, 1)).containsExactly("a");
        });
  }
}
