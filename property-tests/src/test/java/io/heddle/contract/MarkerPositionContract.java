package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a consumer stands whose poll was full just before a transaction's marker. */
interface MarkerPositionContract extends Contract {
  private static TopicPartition written(KafkaArm kafka) {
    TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
    Producer<String, String> producer = kafka.producer("transactional.id", kafka.unique("writer"));
    producer.initTransactions();
    producer.beginTransaction();
    for (String value : List.of("a", "b")) {
      var unused = producer.send(new ProducerRecord<>(partition.topic(), 0, null, value));
    }
    producer.commitTransaction();
    return partition;
  }

  private static void standsBeforeTheMarker(
      KafkaArm kafka, TopicPartition partition, Consumer<String, String> consumer) {
    consumer.assign(List.of(partition));
    assertThat(kafka.values(consumer, 2)).containsExactly("a", "b");

    assertThat(consumer.position(partition)).isEqualTo(2);
    assertThat(consumer.currentLag(partition)).hasValue(1);
    assertThat(
            Metered.number(
                consumer.metrics(),
                Metered.FETCHES,
                "records-lag",
                "topic",
                partition.topic(),
                "partition",
                "0"))
        .isEqualTo(1);

    ConsumerRecords<String, String> none = consumer.poll(Duration.ofSeconds(5));
    assertThat(none).isEmpty();
    assertThat(none.nextOffsets().get(partition).offset()).isEqualTo(3);
    assertThat(consumer.position(partition)).isEqualTo(3);
    assertThat(consumer.currentLag(partition)).hasValue(0);
    kafka.write(partition, "c");
    assertThat(kafka.values(consumer, 1)).containsExactly("c");
  }

  @Test
  default void aFullPollEndsBeforeTheMarker() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = written(kafka);
          standsBeforeTheMarker(
              kafka,
              partition,
              kafka.reader("max.poll.records", 2, "isolation.level", "read_committed"));
        });
  }

  @Test
  default void aFullPollOfTheConsumerProtocolEndsBeforeTheMarker() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = written(kafka);
          standsBeforeTheMarker(
              kafka,
              partition,
              kafka.modernReader("max.poll.records", 2, "isolation.level", "read_committed"));
        });
  }

  @Test
  default void aPollWithRoomLeftGoesPastTheMarker() throws Exception {
    run(
        kafka -> {
          TopicPartition partition = written(kafka);
          Consumer<String, String> consumer = kafka.reader("max.poll.records", 3);
          consumer.assign(List.of(partition));

          assertThat(kafka.values(consumer, 2)).containsExactly("a", "b");
          assertThat(consumer.position(partition)).isEqualTo(3);
        });
  }
}
