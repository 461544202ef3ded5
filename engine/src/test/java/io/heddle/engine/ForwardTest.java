package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class ForwardTest {
  private final List<EventContext> contexts = new ArrayList<>();

  private Rig forwarding(Rig rig) {
    return rig.handling(
        (context, value) -> {
          contexts.add(context);
          context.forward(output(value + "-1"));
          context.forward(output(value + "-2"));
          return ExecutionState.COMPLETE;
        });
  }

  private static ProducerRecord<byte[], byte[]> output(String value) {
    return new ProducerRecord<>("out", value.getBytes(UTF_8));
  }

  @Test
  void isCompleteOnlyWhenAllItForwardedIsAcknowledged() {
    Rig rig = forwarding(new Rig()).start(0);
    rig.deliver(0, "a");

    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(-1);
    rig.producer.completeNext();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(-1);
    rig.producer.completeNext();
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void sendsInTheOrderOfForwarding() {
    Rig rig = forwarding(new Rig()).start(0);
    rig.deliver(0, "a", "b");

    assertThat(rig.producer.history().stream().map(sent -> new String(sent.value(), UTF_8)))
        .containsExactly("a-1", "a-2", "b-1", "b-2");
  }

  @Test
  void makesAProducerOnlyWhenSomethingIsForwarded() {
    Rig rig = new Rig().handling((context, value) -> ExecutionState.COMPLETE).start(0);
    rig.deliver(0, "a");
    assertThat(rig.producersMade).isZero();
    rig.stop();
    assertThat(rig.producersMade).isZero();
    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
  }

  @Test
  void stopsTheSourceWhenASendFailsForGood() {
    Rig rig = forwarding(new Rig()).start(0);
    rig.deliver(0, "a", "b");

    rig.producer.errorNext(new RecordTooLargeException("too large"));
    while (rig.producer.completeNext()) {
      rig.baton.settle();
    }
    rig.baton.settle();

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.source.failure().orElseThrow())
        .isInstanceOf(EventFailedException.class)
        .hasMessageStartingWith("output of in-0@0 failed")
        .hasCauseInstanceOf(RecordTooLargeException.class);
    assertThat(rig.consumer.commits).isEmpty();
    assertThat(rig.producer.closed()).isTrue();
  }

  @Test
  void completesAnEventWhoseOutputIsSkipped() {
    Rig rig =
        forwarding(new Rig(c -> c.withOnFailure(FailureStage.PRODUCE, FailureHandling.skip())))
            .start(0);
    rig.deliver(0, "a");

    rig.producer.errorNext(new RecordTooLargeException("too large"));
    rig.producer.completeNext();
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(rig.heard).contains("skipped in-0 0");
  }

  @Test
  void refusesToForwardOutsideOfTheHandler() {
    Rig rig = forwarding(new Rig()).start(0);
    rig.deliver(0, "a");

    assertThatThrownBy(() -> contexts.get(0).forward(output("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("forward of in-0@0 must be called by its handler or finalizer");
  }

  @Test
  void waitsForAcknowledgementsBeforeItGivesAPartitionBack() {
    Rig rig = forwarding(new Rig()).start(0);
    rig.deliver(0, "a");

    rig.revoke(0);
    assertThat(rig.consumer.isRebalancing()).isTrue();
    rig.producer.completeNext();
    rig.producer.completeNext();
    rig.baton.settle();

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void closesTheProducer() {
    Rig rig = forwarding(new Rig()).start(0);
    rig.deliver(0, "a");
    rig.producer.completeNext();
    rig.producer.completeNext();

    rig.stop();

    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.producer.closed()).isTrue();
    assertThat(rig.baton.alive()).isZero();
  }

  @Test
  void failsIfThereIsNoProducerToBeHad() {
    Rig rig = forwarding(new Rig());
    rig.producerFailure = new IllegalStateException("no producer");
    rig.start(0).deliver(0, "a");

    assertThat(rig.source.state()).isEqualTo(SourceState.FAILED);
    assertThat(rig.source.failure()).containsSame(rig.producerFailure);
    assertThat(rig.consumer.closed).isTrue();
    assertThat(rig.consumer.commits).isEmpty();
  }
}
