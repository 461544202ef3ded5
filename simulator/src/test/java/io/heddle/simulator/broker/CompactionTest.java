package io.heddle.simulator.broker;

import static io.heddle.simulator.broker.TestCluster.P0;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.LogRecord;
import io.heddle.simulator.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompactionTest {
  private final TestCluster test = new TestCluster(ClusterSettings.defaults());
  private final TestProducer producer = new TestProducer(test, "producer");

  private void orders(String... configs) {
    Map<String, String> all = new TreeMap<>(Map.of("cleanup.policy", "compact"));
    for (int i = 0; i < configs.length; i += 2) {
      all.put(configs[i], configs[i + 1]);
    }
    test.cluster.createTopic("orders", 3, 1, all);
  }

  /** One batch; {@code a=1} sets, {@code a} deletes. */
  private void append(String... settings) {
    List<LogRecord> records = new ArrayList<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", -1);
      byte @Nullable [] value = parts.length == 1 ? null : parts[1].getBytes(UTF_8);
      records.add(
          new LogRecord(
              records.size(), test.time.wallMillis(), parts[0].getBytes(UTF_8), value, List.of()));
    }
    RecordBatch batch = new RecordBatch(0, -1, -1, (short) -1, -1, records);
    assertThat(test.produce(P0, batch).error()).isEqualTo(ErrorCode.NONE);
  }

  private List<String> log() {
    List<String> all = new ArrayList<>();
    for (RecordBatch batch : test.read(P0, 0).batches()) {
      for (LogRecord each : batch.records()) {
        byte[] key = each.key();
        byte[] value = each.value();
        String text =
            batch.isControl()
                ? batch.kind().name()
                : new String(key == null ? new byte[0] : key, UTF_8)
                    + (value == null ? "" : "=" + new String(value, UTF_8));
        all.add(batch.baseOffset() + each.offsetDelta() + " " + text);
      }
    }
    return all;
  }

  private boolean compact() {
    return test.cluster.operations().compact(P0);
  }

  @Test
  void theLastRecordOfEachKeyStaysWhereItIs() {
    orders();
    append("a=1", "b=1", "a=2");
    append("b=2", "c=1");

    assertThat(compact()).isTrue();

    assertThat(log()).containsExactly("2 a=2", "3 b=2", "4 c=1");
    assertThat(test.cluster.endOffset(P0)).isEqualTo(5);
    assertThat(test.cluster.logStartOffset(P0)).isZero();
    assertThat(test.time.allFacts())
        .filteredOn(fact -> fact instanceof Fact.Removed)
        .containsExactly(new Fact.Removed(0, P0, 0, 2));
    assertThat(compact()).isFalse();
  }

  @Test
  void aTombstoneGoesOnceItHasBeenThereLongEnough() {
    orders("delete.retention.ms", "1000");
    append("a=1");
    append("a");
    append("b=1");

    assertThat(compact()).isTrue();
    assertThat(log()).containsExactly("1 a", "2 b=1");
    test.time.advanceMs(999);
    append("c=1");
    compact();
    assertThat(log()).containsExactly("1 a", "2 b=1", "3 c=1");
    test.time.advanceMs(1);
    append("d=1");
    compact();
    assertThat(log()).containsExactly("2 b=1", "3 c=1", "4 d=1");
  }

  @Test
  void theCleanerComesByItselfWhenEnoughIsDirtyAndNeverTouchesTheActiveSegment() {
    orders("segment.ms", "1000", "min.cleanable.dirty.ratio", "0.1");
    append("a=1");
    append("a=2");
    test.time.advanceMs(2_000);
    append("a=3");
    assertThat(log()).hasSize(3);

    test.time.advanceMs(13_000);

    // The record before the active segment stays: its own batch is the last that was cleaned.
    assertThat(log()).containsExactly("1 a=2", "2 a=3");
  }

  @Test
  void littleThatIsDirtyWaitsUntilItHasWaitedTooLong() {
    orders(
        "segment.ms", "1000",
        "min.cleanable.dirty.ratio", "1",
        "max.compaction.lag.ms", "60000");
    append("a=1");
    append("a=2");
    test.time.advanceMs(2_000);
    append("b=1");

    test.time.advanceMs(30_000);
    assertThat(log()).hasSize(3);
    test.time.advanceMs(45_000);
    assertThat(log()).containsExactly("1 a=2", "2 b=1");
  }

  @Test
  void youngSegmentsAreLeftAlone() {
    orders("min.compaction.lag.ms", "60000");
    append("a=1");
    append("a=2");

    assertThat(compact()).isFalse();
    test.time.advanceMs(60_001);
    assertThat(compact()).isTrue();
  }

  @Test
  void abortedRecordsGoAndTheirMarkerAfterThem() {
    orders("delete.retention.ms", "1000");
    producer.init(60_000);
    producer.send(P0, "x");
    producer.abort();
    test.time.advanceMs(10);
    producer.send(P0, "y");
    producer.commit();
    test.time.advanceMs(10);
    append("b=1");
    assertThat(log())
        .containsExactly("0 k-x=x", "1 ABORT_MARKER", "2 k-y=y", "3 COMMIT_MARKER", "4 b=1");

    compact();
    // Its records were there in this pass; only in the next one the marker is of nothing.
    assertThat(log()).containsExactly("1 ABORT_MARKER", "2 k-y=y", "3 COMMIT_MARKER", "4 b=1");
    append("c=1");
    compact();
    test.time.advanceMs(1_000);
    append("d=1");
    compact();
    assertThat(log()).containsExactly("2 k-y=y", "3 COMMIT_MARKER", "4 b=1", "5 c=1", "6 d=1");
  }

  @Test
  void anOpenTransactionHoldsTheCleanerUp() {
    orders();
    append("a=1");
    append("a=2");
    producer.init(60_000);
    producer.send(P0, "x");

    compact();

    assertThat(log()).containsExactly("0 a=1", "1 a=2", "2 k-x=x");
  }

  @Test
  void theLastBatchOfAProducerStaysThoughItIsEmpty() {
    orders();
    RecordBatch first = TestCluster.batch(7, 0, 0, 1_000_000, "a");
    test.produce(P0, first);
    append("k-a=2");
    append("c=1");

    compact();

    assertThat(log()).containsExactly("1 k-a=2", "2 c=1");
    // Sent again, it is still recognised.
    assertThat(test.produce(P0, first).baseOffset()).isZero();
    assertThat(test.produce(P0, TestCluster.batch(7, 0, 2, 1_000_000, "b")).error())
        .isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  @Test
  void aRecordWithoutAKeyIsRefused() {
    orders();
    LogRecord keyless = new LogRecord(0, 1_000_000, null, new byte[1], List.of());

    assertThat(
            test.produce(P0, new RecordBatch(0, -1, -1, (short) -1, -1, List.of(keyless))).error())
        .isEqualTo(ErrorCode.INVALID_RECORD);
  }

  @Test
  void aTopicThatIsNotCompactedIsNotCompacted() {
    test.cluster.createTopic("orders", 1);
    append("a=1");
    append("a=2");

    assertThat(compact()).isFalse();
    assertThat(log()).hasSize(2);
  }
}
