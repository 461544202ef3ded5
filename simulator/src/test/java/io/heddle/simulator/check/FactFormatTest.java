package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FactFormatTest {
  @Test
  void everyFactIsOneLineOfFixedColumns() {
    History history =
        new History()
            .appended("orders-2", 38)
            .assigned("m1", "orders-2")
            .assigned("m1'2", "orders-1", "orders-2")
            .processed("m1", "orders-2", "k7", 38)
            .committed("m1", "orders-2", 39)
            .committed("m1", "orders-2", 39, "41")
            .revoking("m1", "orders-2")
            .revoked("m1")
            .lost("m1", "session timeout", "orders-1", "orders-2")
            .regained("m1", "orders-1", "orders-2")
            .sought("m1", "orders-2", 0)
            .removed("orders-2", 0, 9)
            .truncated("orders-2", 30)
            .crashed("m1")
            .healed()
            .stopped("m1 waits")
            .finished();

    assertThat(FactFormat.header())
        .isEqualTo("          ms member   event     partition@offset     key          details");
    assertThat(history.facts().stream().map(FactFormat::line))
        .containsExactly(
            "       1.000 -        appended  orders-2@38          k7",
            "       2.000 m1       assigned  orders-2             -            generation 1",
            "       3.000 m1'2     assigned  *                    -            generation 1:"
                + " orders-1, orders-2",
            "       4.000 m1       started   orders-2@38          k7",
            "       5.000 m1       ended     orders-2@38          k7",
            "       6.000 m1       completed orders-2@38          k7",
            "       7.000 m1       committed orders-2@39          -            group g generation"
                + " 1",
            "       8.000 m1       committed orders-2@39          -            group g generation 1"
                + " metadata 41",
            "       9.000 m1       revoking  orders-2             -",
            "      10.000 m1       revoked   *                    -",
            "      11.000 m1       lost      *                    -            session timeout:"
                + " orders-1, orders-2",
            "      12.000 m1       regained  *                    -            orders-1, orders-2",
            "      13.000 m1       sought    orders-2@0           -",
            "      14.000 -        removed   orders-2@0           -            up to 9",
            "      15.000 -        truncated orders-2@30          -",
            "      16.000 m1       crashed   -                    -",
            "      17.000 -        healed    -                    -",
            "      18.000 -        stopped   -                    -            m1 waits",
            "      19.000 -        finished  -                    -");
  }

  @Test
  void timesAreCutToMicrosecondsAndControlCharactersEscaped() {
    Fact fact = new Fact.Appended(1_002_003_999L, new TopicPartition("t", 0), 5, "a\nb");

    assertThat(FactFormat.line(fact))
        .isEqualTo("    1002.003 -        appended  t-0@5                a\\u000ab");
  }

  @Test
  void whatIsTooWideForItsColumnStaysApartFromTheNext() {
    Fact fact =
        new Fact.Appended(0, new TopicPartition("a-topic-with-a-long-name", 10), 1_234_567, "k");

    assertThat(FactFormat.line(fact)).endsWith(" a-topic-with-a-long-name-10@1234567 k");
  }
}
