package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.check.Violation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OutputsCheckerTest {
  private static final Member M1 = new Member("m1", 1);
  private static final TopicPartition ORDERS = new TopicPartition("a|b", 3);
  private static final TopicPartition ANSWERS = new TopicPartition("answers", 0);

  private final OutputsChecker checker = new OutputsChecker("answers", 2, true);
  private long next;

  private static String key(long offset, int part, boolean failed) {
    ConsumerRecord<byte[], byte[]> input =
        new ConsumerRecord<>(ORDERS.topic(), ORDERS.partition(), offset, new byte[0], new byte[0]);
    return new String(Answer.of(input, part, failed).in("answers").key(), UTF_8);
  }

  private Fact output(long offset, int part, boolean failed) {
    return new Fact.Appended(next, ANSWERS, next++, key(offset, part, failed));
  }

  private static Fact completed(long offset) {
    return new Fact.Completed(5, M1, ORDERS, offset, "k");
  }

  private static Fact committed(long offset) {
    return new Fact.Committed(9, "g", M1, 1, ORDERS, offset, -1, "");
  }

  private static void tell(OutputsChecker told, Fact... facts) {
    for (Fact fact : facts) {
      told.accept(fact);
    }
  }

  @Test
  void allOutputsHaveToBeThereWhenTheOffsetIsCommitted() {
    tell(checker, completed(0), output(0, 0, false), output(0, 1, false), committed(1));
    assertThat(checker.report().holds()).isTrue();

    tell(checker, completed(1), output(1, 1, false), output(1, 1, false), committed(2));

    assertThat(checker.report().facts()).isEqualTo(2);
    assertThat(checker.report().violations())
        .extracting(Violation::message)
        .containsExactly(ORDERS + ": offset 1 is committed, and 1 of its 2 outputs is in the log");
  }

  @Test
  void oneThatComesLaterComesTooLateAndIsToldOnce() {
    tell(checker, completed(0), committed(1), output(0, 0, false), output(0, 1, false));
    tell(checker, completed(0), committed(1), new Fact.RunEnded(10, true, ""));

    assertThat(checker.report().violated()).isEqualTo(1);
  }

  @Test
  void whatIsNotCommittedOrNotCompleteMayLackThem() {
    tell(checker, completed(0), completed(2), committed(0), new Fact.RunEnded(10, true, ""));

    assertThat(checker.report().holds()).isTrue();
    assertThat(checker.report().vacuous()).isTrue();
  }

  @Test
  void noneMayBeThereOfAnAttemptThatFailed() {
    tell(checker, output(4, 0, true), output(4, 0, true));

    assertThat(checker.report().violations())
        .extracting(Violation::message)
        .containsExactly(
            ORDERS + ": offset 4 has an output, at answers-0@0, of an attempt that failed");
  }

  @Test
  void aLogThatWasCutIsExcused() {
    tell(checker, completed(0), new Fact.Truncated(1, ORDERS, 0), committed(1));

    assertThat(checker.report().holds()).isTrue();
    assertThat(checker.report().excused()).containsValue(1L);
  }

  @Test
  void whereOutputsAreToldLastOnlyTheEndCounts() {
    OutputsChecker late = new OutputsChecker("answers", 1, false);

    tell(late, completed(0), completed(1), committed(2), output(0, 0, false));
    assertThat(late.report().holds()).isTrue();
    tell(late, new Fact.RunEnded(10, true, ""));

    assertThat(late.report().facts()).isEqualTo(2);
    assertThat(late.report().violations())
        .extracting(Violation::message)
        .containsExactly(ORDERS + ": offset 1 is committed, and 0 of its 1 outputs are in the log");
  }

  @Test
  void otherRecordsAreNoOutputs() {
    assertThat(Answer.decode("k1")).isEmpty();
    assertThat(Answer.decode("a|b|c|done|t")).isEmpty();
    assertThat(Answer.decode(key(7, 1, false))).contains(new Answer(ORDERS, 7, 1, false));
  }

  @Test
  void whatIsRemovedBeforeItsOffsetIsCommittedMayLackThem() {
    tell(checker, completed(0), completed(1), new Fact.Removed(6, ORDERS, 0, 1), committed(2));

    assertThat(checker.report().violated()).isEqualTo(1);
    assertThat(checker.report().excused()).containsEntry("the record was removed", 1L);
  }
}
