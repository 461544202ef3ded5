package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
  private final Interruption interruption = new Interruption();

  @Test
  void doesNotHoldUpACommandThatHasNoReportToWrite() throws Exception {
    assertThat(interruption.request()).isTrue();
    assertThat(interruption.requested()).isTrue();
  }

  @Test
  void waitsForTheReportOfACommandThatEndsEarly() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    interruption.endsEarly();
    CompletableFuture<Void> command =
        CompletableFuture.runAsync(
            () -> {
              while (!interruption.requested()) {
                Thread.onSpinWait();
              }
              written.countDown();
              interruption.done();
            });

    assertThat(interruption.request()).isTrue();
    assertThat(written.getCount()).isZero();
    command.get(10, TimeUnit.SECONDS);
  }

  @Test
  void isNothingOnceEverythingIsDone() throws Exception {
    interruption.done();

    assertThat(interruption.request()).isFalse();
    assertThat(interruption.requested()).isFalse();
  }
}
