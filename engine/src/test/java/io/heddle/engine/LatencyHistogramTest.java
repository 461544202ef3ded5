package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static final double[] SHARES = {0, 0.1, 0.5, 0.9, 0.99, 0.999, 1};

  @Test
  void agreesWithHdrHistogramOnAnyDistribution() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      LatencyHistogram ours = new LatencyHistogram();
      Histogram reference = new Histogram(1L << 44, 3);
      double spread = 1 + random.nextInt(20);
      long total = 0;
      for (int i = 0; i < 20_000; i++) {
        long nanos = (long) Math.exp(random.nextDouble() * spread);
        ours.record(nanos);
        reference.recordValue(nanos);
        total += nanos;
      }

      LatencyHistogram.Snapshot snapshot = ours.snapshot();
      assertThat(snapshot.count()).isEqualTo(20_000);
      assertThat(snapshot.totalNanos()).isEqualTo(total);
      for (double share : SHARES) {
        assertThat((double) snapshot.quantileNanos(share))
            .as("seed %d, share %s", seed, share)
            .isCloseTo(
                (double) reference.getValueAtPercentile(100 * share),
                Percentage.withPercentage(1.7));
      }
    }
  }

  @Test
  void takesWhateverComes() {
    LatencyHistogram ours = new LatencyHistogram();
    ours.record(-5);
    ours.record(0);
    ours.record(Long.MAX_VALUE);

    LatencyHistogram.Snapshot snapshot = ours.snapshot();
    assertThat(snapshot.count()).isEqualTo(3);
    assertThat(snapshot.quantileNanos(0.5)).isZero();
    assertThat(snapshot.maxNanos()).isEqualTo((1L << 44) - 1);
    assertThat(new LatencyHistogram().snapshot().quantileNanos(0.99)).isZero();
    assertThat((double) snapshot.quantileNanos(1)).isCloseTo(1L << 44, within(2.0));
  }
}
