package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 1);

  private final Promises promises = new Promises(() -> 0);
  private final DeadLetters letters = new DeadLetters(promises);

  private void told(long offset) {
    letters.told(new ConsumerRecord<>("orders", 1, offset, new byte[0], new byte[0]));
  }

  private void toldOf(long offset, int leaderEpoch) {
    letters.told(
        new ConsumerRecord<>(
            "orders",
            1,
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.of(leaderEpoch)));
  }

  private List<String> missed() {
    return promises.broken().stream().map(broken -> broken.message()).toList();
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

  @Test
  void ofARecordThatWasCutOffThereMayBeNone() {
    told(24);
    told(25);
    letters.truncated(new Fact.Truncated(1, ORDERS, 25, 7));
    letters.judge();

    assertThat(missed()).containsExactly("there is no dead letter of the record orders-1@24");
  }

  @Test
  void norOfOneThatIsSaidToHaveBecomeOneAfterwards() {
    letters.truncated(new Fact.Truncated(1, ORDERS, 25, 7));
    toldOf(25, 6);
    letters.judge();
    assertThat(missed()).isEmpty();
  }

  @Test
  void ofTheRecordThatHasTakenItsOffsetThereHasToBeOne() {
    told(25);
    letters.truncated(new Fact.Truncated(1, ORDERS, 25, 7));
    toldOf(25, 7);
    letters.judge();

    assertThat(missed()).hasSize(1);
  }

  @Test
  void whatAnotherLogLosesExcusesNothing() {
    told(25);
    letters.truncated(new Fact.Truncated(1, new TopicPartition("orders", 0), 20, 7));
    letters.judge();

    assertThat(missed()).hasSize(1);
  }
}
