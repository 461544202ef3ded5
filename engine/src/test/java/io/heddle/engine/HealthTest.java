package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void isReadyWhileNothingIsStoppedOrStuck() {
    Rig rig = new Rig();
    EventContext[] context = new EventContext[1];
    rig.handling(
        (event, value) -> {
          context[0] = event;
          return ExecutionState.INCOMPLETE;
        });
    assertThat(rig.source.health().isLive()).isTrue();
    assertThat(rig.source.health().isReady()).isFalse();
    rig.start(0).deliver(0, "a");
    assertThat(rig.source.health().isReady()).isTrue();

    rig.advance(Duration.ofMinutes(2));
    assertThat(rig.source.health().isReady()).isFalse();
    assertThat(rig.source.health().stuck()).extracting(CommitBlocker::offset).containsExactly(0L);
    context[0].asyncJobComplete(() -> ExecutionState.COMPLETE);
    rig.baton.settle();
    assertThat(rig.source.health().isReady()).isTrue();
    rig.stop();
    assertThat(rig.source.health().isLive()).isTrue();
    assertThat(rig.source.health().isReady()).isFalse();
  }

  @Test
  void isNotReadyWithAStoppedPartitionNorLiveAfterAFailure() {
    Rig rig =
        new Rig(
            config -> config.withOnFailure(FailureStage.HANDLER, FailureHandling.stopPartition()));
    rig.handling(
        (event, value) -> {
          if (value.equals("bad")) {
            throw new IllegalStateException(value);
          }
          throw new AssertionError("not to be handled");
        });
    rig.start(0).deliver(0, "bad");

    assertThat(rig.source.health().isLive()).isTrue();
    assertThat(rig.source.health().isReady()).isFalse();
    assertThat(rig.source.health().stopped()).containsKey(Rig.partition(0));
    rig.consumer.pollFailure = new IllegalStateException("down");
    rig.advance(Duration.ofSeconds(1));
    assertThat(rig.source.health().isLive()).isFalse();
    assertThat(rig.source.health().failure()).isPresent();
  }
}
