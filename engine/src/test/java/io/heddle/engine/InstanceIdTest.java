package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

/** What becomes of a member whose {@code group.instance.id} its group keeps for another. */
class InstanceIdTest {
  private final UnreleasedInstanceIdException kept =
      new UnreleasedInstanceIdException("kept for another");

  private final List<String> handled = new ArrayList<>();
  private final Rig rig =
      new Rig(
              config ->
                  config.withPatience(
                      Patience.defaults().withInstanceTimeout(Duration.ofSeconds(60))))
          .handling(
              (context, value) -> {
                handled.add(value);
                return ExecutionState.COMPLETE;
              });

  private void refuse() {
    rig.consumer.pollFailure = kept;
    rig.source.start();
    rig.baton.settle();
  }

  @Test
  void asksAgainWithAnotherConsumerUntilTheIdIsReleased() {
    refuse();
    rig.advance(Duration.ofSeconds(40));
    assertThat(rig.source.failure()).isEmpty();
    assertThat(rig.heard).contains("rejoining").doesNotContain("failed");
    assertThat(rig.consumer.made).isBetween(5, 20);

    rig.consumer.pollFailure = null;
    rig.advance(Duration.ofSeconds(10));
    rig.assign(0);
    rig.deliver(0, "a");
    rig.commit();

    assertThat(handled).containsExactly("a");
    assertThat(rig.committed(0)).isEqualTo(1);
    rig.stop();
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.baton.alive()).isZero();
  }

  @Test
  void failsWhenThatTakesTooLong() {
    refuse();
    rig.advance(Duration.ofSeconds(70));

    assertThat(rig.source.failure()).contains(kept);
    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.baton.alive()).isZero();
  }

  @Test
  void isPatientAnewOnceItHasJoined() {
    refuse();
    rig.advance(Duration.ofSeconds(50));
    rig.consumer.pollFailure = null;
    rig.advance(Duration.ofSeconds(10));
    rig.assign(0);
    rig.consumer.pollFailure = kept;
    rig.advance(Duration.ofSeconds(50));

    assertThat(rig.heard).contains("lost [in-0]");
    assertThat(rig.source.failure()).isEmpty();
    rig.advance(Duration.ofSeconds(20));
    assertThat(rig.source.failure()).contains(kept);
  }

  @Test
  void canBeStoppedWhileItWaits() {
    refuse();
    rig.advance(Duration.ofSeconds(20));
    rig.stop();

    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.source.failure()).isEmpty();
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.baton.alive()).isZero();
  }
}
