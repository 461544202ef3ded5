package io.heddle.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** What a consumer of either protocol tells of topics that it does not read. */
interface TopicLookupContract extends Contract {
  @Test
  default void listsAllTopicsWithTheirPartitions() throws Exception {
    run(
        kafka -> {
          String one = kafka.topic(1);
          String three = kafka.topic(3);
          for (Consumer<String, String> consumer : List.of(kafka.reader(), kafka.modernReader())) {
            Map<String, List<PartitionInfo>> topics = consumer.listTopics();

            assertThat(topics).containsKeys(one, three);
            assertThat(topics.get(three)).extracting(PartitionInfo::partition).contains(0, 1, 2);
            PartitionInfo first = topics.get(one).get(0);
            assertThat(first.topic()).isEqualTo(one);
            assertThat(first.replicas()).containsExactly(first.leader());
            assertThat(first.inSyncReplicas()).containsExactly(first.leader());
            assertThat(first.offlineReplicas()).isEmpty();
            assertThat(consumer.assignment()).isEmpty();
          }
        });
  }

  @Test
  default void hasNoTimeToListTopics() throws Exception {
    run(
        kafka -> {
          for (Consumer<String, String> consumer : List.of(kafka.reader(), kafka.modernReader())) {
            assertThatThrownBy(() -> consumer.listTopics(Duration.ZERO))
                .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> consumer.partitionsFor("no-such", Duration.ZERO))
                .isInstanceOf(TimeoutException.class);
            consumer.wakeup();
            assertThatThrownBy(consumer::listTopics).isInstanceOf(WakeupException.class);
            consumer.close();
            assertThatThrownBy(consumer::listTopics)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This consumer has already been closed.");
          }
        });
  }

  @Test
  default void hasNoPartitionsForNoTopic() throws Exception {
    run(
        kafka -> {
          assertThatThrownBy(() -> kafka.reader().partitionsFor(null))
              .isExactlyInstanceOf(KafkaException.class)
              .hasMessage("Unexpected error fetching metadata for topic ")
              .hasCauseInstanceOf(UnknownServerException.class);
          assertThatThrownBy(() -> kafka.modernReader().partitionsFor(null))
              .isInstanceOf(NullPointerException.class);
        });
  }
}
