package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What the times between attempts may be set to. How long they are, no real broker can show. */
interface RetryContract extends Contract {
  @Test
  default void theMostThatIsWaitedIsNotNegative() throws Exception {
    run(
        kafka -> {
          String refusal = "Invalid value -1 for configuration retry.backoff.max.ms";
          assertThatThrownBy(() -> kafka.producer("retry.backoff.max.ms", "-1"))
              .isExactlyInstanceOf(ConfigException.class)
              .hasMessageStartingWith(refusal);
          assertThatThrownBy(() -> kafka.reader("retry.backoff.max.ms", "-1"))
              .isExactlyInstanceOf(ConfigException.class)
              .hasMessageStartingWith(refusal);
          assertThatThrownBy(() -> kafka.modernReader("retry.backoff.max.ms", "-1"))
              .isExactlyInstanceOf(ConfigException.class)
              .hasMessageStartingWith(refusal);
        });
  }

  @Test
  default void theMostThatIsWaitedMayBeMoreOrLessThanTheFirstWaitOrNothing() throws Exception {
    run(
        kafka -> {
          for (String most : List.of("0", "20", "5000")) {
            TopicPartition partition = new TopicPartition(kafka.topic(1), 0);
            Object[] times = {"retry.backoff.ms", "50", "retry.backoff.max.ms", most};
            try (Producer<String, String> producer = kafka.producer(times)) {
              producer.send(new ProducerRecord<>(partition.topic(), 0, "k", "v")).get();
            }
            for (boolean modern : new boolean[] {false, true}) {
              String group = kafka.unique("group");
              try (Consumer<String, String> consumer =
                  modern ? kafka.modern(group, times) : kafka.member(group, times)) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                assertThat(kafka.values(consumer, 1)).containsExactly("v");
                consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
                assertThat(consumer.committed(Set.of(partition)))
                    .containsEntry(partition, new OffsetAndMetadata(1));
              }
            }
          }
        });
  }
}
