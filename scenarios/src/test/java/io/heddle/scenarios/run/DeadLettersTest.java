package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 1);

  private final Promises promises = new Promises(() -> 0);
  private final DeadLetters letters = new DeadLetters(promises);

  private void told(long offset) {
    letters.told(new ConsumerRecord<>("orders", 1, offset, new byte[0], new byte[0]));
  }

  @Test
  void aLetterThatIsNotThereIsMissed() {
    told(24);
    letters.judge();

    assertThat(promises.broken())
        .singleElement()
        .satisfies(
            broken ->
                assertThat(broken.message())
                    .isEqualTo("there is no dead letter of the record orders-1@24"));
  }

  @Test
  void ofARecordThatWasRemovedThereMayBeNone() {
    told(24);
    letters.removed(new Fact.Removed(1, ORDERS, 20, 25));
    letters.judge();
    assertThat(promises.broken()).isEmpty();

    told(25);
    letters.judge();
    assertThat(promises.broken()).hasSize(1);
  }
}
