package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final List<EventContext> contexts = new ArrayList<>();

  private Rig awaiting(Rig rig) {
    return rig.handling(
        (context, value) -> {
          contexts.add(context);
          return ExecutionState.INCOMPLETE;
        });
  }

  private void complete(int index) {
    contexts.get(index).asyncJobComplete(() -> ExecutionState.COMPLETE);
  }

  @Test
  void finishesWhatHasStartedBeforeItCloses() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a", "b");

    CompletableFuture<Void> end = rig.source.stop();
    rig.baton.settle();
    assertThat(rig.source.state()).isEqualTo(SourceState.DRAINING);
    assertThat(rig.source.paused()).containsValue(PauseReason.DRAINING);
    complete(0);
    complete(1);
    rig.baton.settle();

    assertThat(end).isCompleted();
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.committed(0)).isEqualTo(2);
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.baton.alive()).isZero();
  }

  @Test
  void staysInTheGroupWhileItDrains() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a");
    var unused = rig.source.stop();
    rig.baton.settle();
    int before = rig.consumer.polls;

    rig.advance(Duration.ofSeconds(1));

    assertThat(rig.consumer.polls - before).isBetween(5, 20);
  }

  @Test
  void takesNothingInWhileItDrains() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a");
    var unused = rig.source.stop();
    rig.baton.settle();

    rig.assign(1);
    rig.deliver(1, "b");
    rig.deliverTo(1, 0, "c");

    assertThat(contexts).hasSize(1);
  }

  @Test
  void givesUpAtTheDrainTimeout() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a", "b");
    complete(0);
    CompletableFuture<Void> end = rig.source.stop();

    rig.advance(Duration.ofSeconds(31));

    assertThat(end).isCompleted();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
  }

  @Test
  void marksNothingCompleteAfterStopNow() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a", "b", "c");
    complete(0);
    rig.baton.settle();

    CompletableFuture<Void> end = rig.source.stopNow();
    complete(1);
    rig.baton.settle();

    assertThat(end).isCompleted();
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.committed(0)).isEqualTo(1);
    complete(2);
  }

  @Test
  void cutsADrainShort() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a");
    rig.revoke(0);
    assertThat(rig.consumer.isRebalancing()).isTrue();

    var unused = rig.source.stopNow();
    rig.baton.settle();

    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.committed(0)).isEqualTo(-1);
  }

  @Test
  void closeWaitsForTheEnd() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a");
    complete(0);

    rig.source.close();

    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.committed(0)).isEqualTo(1);
    rig.source.close();
  }

  @Test
  void closesWithoutHavingStarted() throws InterruptedException {
    Rig rig = awaiting(new Rig());

    rig.source.close();
    rig.source.awaitShutdown();

    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThatThrownBy(rig.source::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesToWaitForItself() {
    Rig rig = new Rig();
    List<Throwable> refused = new ArrayList<>();
    rig.handling(
        (context, value) -> {
          try {
            rig.source.close();
          } catch (IllegalStateException e) {
            refused.add(e);
          }
          return ExecutionState.COMPLETE;
        });

    rig.start(0).deliver(0, "a");

    assertThat(refused).hasSize(1);
    assertThat(rig.source.state()).isEqualTo(SourceState.RUNNING);
  }

  @Test
  void closesTheConsumerWhenAPollFails() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a");
    complete(0);
    rig.consumer.pollFailure = new KafkaException("broken");
    rig.baton.settle();

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.source.failure()).containsSame(rig.consumer.pollFailure);
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.heard).contains("failed");
    assertThat(rig.source.stop()).isCompleted();
  }

  @Test
  void closesTheConsumerWhenThePollThreadDiesOfAnError() {
    Rig rig = awaiting(new Rig()).start(0);
    rig.deliver(0, "a");
    rig.consumer.pollFailure = new StackOverflowError("crash");
    rig.baton.settle();

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.consumer.commits).isEmpty();
    assertThat(rig.baton.alive()).isZero();
  }
}
