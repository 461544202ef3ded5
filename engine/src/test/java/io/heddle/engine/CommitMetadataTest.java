package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CommitMetadataTest {

  private static CommitMetadata of(long base, long... offsets) {
    return new CommitMetadata(base, 3, 1_700_000_000_000L, 4, offsets);
  }

  private static List<Long> decoded(long base, String text) {
    return CommitMetadata.decode(base, text).orElseThrow().offsets().boxed().toList();
  }

  static ConsumerRecord<byte[], byte[]> record(long offset, long timestamp, int epoch) {
    return new ConsumerRecord<>(
        "in",
        0,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        Rig.record(0, 0, "").headers(),
        Optional.of(epoch));
  }

  @Test
  void takesTheShorterEncoding() {
    long[] run = LongStream.range(1, 20_000).toArray();
    long[] everyOther = LongStream.range(1, 2_000).filter(offset -> offset % 2 == 0).toArray();

    assertThat(of(0, run).encode(0, 4096).length()).isLessThan(40);
    assertThat(of(0, everyOther).encode(0, 4096).length()).isBetween(300, 400);
    assertThat(decoded(0, of(0, everyOther).encode(0, 4096)))
        .hasSize(everyOther.length)
        .isEqualTo(LongStream.of(everyOther).boxed().toList());
  }

  @Test
  void isEmptyIfNotEvenOneOffsetFits() {
    assertThat(of(0, 1, 2).encode(0, 8)).isEmpty();
    assertThat(of(0).encode(0, 4096)).isEmpty();
  }

  @Test
  void believesNothingForeignOrDamaged() {
    String text = of(5, 7, 8, 20).encode(5, 4096);
    assertThat(decoded(5, text)).containsExactly(7L, 8L, 20L);

    assertThat(CommitMetadata.decode(6, text)).as("of another commit").isEmpty();
    for (String foreign : List.of("", "x", "consumer-1", "{\"a\":1}", "AAAA", "SAEA", "\u00e4")) {
      assertThat(CommitMetadata.decode(5, foreign)).as(foreign).isEmpty();
    }
    byte[] bytes = Base64.getDecoder().decode(text);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      String changed = Base64.getEncoder().withoutPadding().encodeToString(damaged);
      assertThat(CommitMetadata.decode(5, changed)).as("bit %d", bit).isEmpty();
    }
    for (int length = 0; length < bytes.length; length++) {
      String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
      assertThat(CommitMetadata.decode(5, cut)).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void isTrustedOnceItsWitnessIsSeen() {
    Restored restored = new Restored();
    restored.set(new CommitMetadata(5, 3, 99, 4, new long[] {4, 7, 8}));

    assertThat(restored.covers(record(4, 1, 3))).as("before the witness").isFalse();
    assertThat(restored.covers(record(5, 99, 3))).as("the witness").isFalse();
    assertThat(restored.covers(record(6, 99, 3))).isFalse();
    assertThat(restored.covers(record(7, 99, 4))).isTrue();
    assertThat(restored.covers(record(8, 99, 5))).as("of a later epoch").isFalse();
  }

  @Test
  void isForgottenIfItsWitnessIsNotThere() {
    for (ConsumerRecord<byte[], byte[]> other :
        List.of(record(5, 98, 3), record(5, 99, 2), record(6, 99, 3))) {
      Restored restored = new Restored();
      restored.set(new CommitMetadata(5, 3, 99, 4, new long[] {7}));

      assertThat(restored.covers(other)).isFalse();
      assertThat(restored.covers(record(7, 99, 3))).isFalse();
    }
  }
}
