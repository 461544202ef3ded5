package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class CompletedOffsetsTest {
  private static String metadata(long base, long... offsets) {
    return new CommitMetadata(base, 3, 1_700_000_000_000L, 4, offsets).encode(base, 4096);
  }

  @Test
  void tellsWhatTheEngineWrote() {
    CompletedOffsets completed =
        CompletedOffsets.of(new OffsetAndMetadata(10, metadata(10, 12, 13, 20))).orElseThrow();

    assertThat(completed.offsets()).containsExactly(12L, 13L, 20L);
    assertThat(completed.firstIncomplete()).isEqualTo(10);
    assertThat(completed.leaderEpoch()).isEqualTo(4);
    assertThat(completed)
        .hasToString("CompletedOffsets[offsets=[12, 13, 20], firstIncomplete=10, leaderEpoch=4]");
  }

  @Test
  void doesNotKnowTheEpochOfALogThatHasNone() {
    String text = new CommitMetadata(10, -1, 5, -1, new long[] {12}).encode(10, 4096);

    assertThat(CompletedOffsets.of(10, text).orElseThrow().leaderEpoch()).isEqualTo(-1);
  }

  @Test
  void makesNothingOfWhatIsNotTheEngines() {
    String ours = metadata(10, 12);

    assertThat(CompletedOffsets.of(10, "")).isEmpty();
    assertThat(CompletedOffsets.of(10, "b64:AAAA")).isEmpty();
    assertThat(CompletedOffsets.of(10, "handed over by ops on Friday")).isEmpty();
    assertThat(CompletedOffsets.of(11, ours)).isEmpty();
    assertThat(CompletedOffsets.of(10, ours.substring(0, ours.length() - 2))).isEmpty();
    assertThat(CompletedOffsets.of(new OffsetAndMetadata(10))).isEqualTo(Optional.empty());
  }

  @Test
  void doesNotEvenReadWhatIsTooLong() {
    assertThat(CompletedOffsets.of(10, "SAEA".repeat(1 << 19))).isEmpty();
  }
}
