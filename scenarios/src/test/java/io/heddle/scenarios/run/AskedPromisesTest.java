package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.scenarios.result.RunResult.Violation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AskedPromisesTest {
  private final Promises promises = new Promises(() -> 0);
  private final AskedPromises asked = new AskedPromises(promises, false);
  private final AskedPromises.Asked one = new AskedPromises.Asked("it", 1);
  private final AskedPromises.Asked all = new AskedPromises.Asked("all of it", 0);
  private final CompletableFuture<Void> answer = new CompletableFuture<>();

  private List<String> broken() {
    return promises.broken().stream().map(Violation::message).toList();
  }

  private void await(AskedPromises.Asked what) {
    asked.await(what, answer);
  }

  @Test
  void whatIsDoneIsAnswered() {
    await(one);
    one.begun();
    one.ended();
    assertThat(answer.complete(null)).isTrue();
    asked.closed();

    assertThat(broken()).isEmpty();
  }

  @Test
  void whatIsDroppedIsAnsweredTooHoweverFarItCame() {
    EventSource unstarted =
        new EventSource(
            EventSourceConfig.of("t"),
            new KafkaClients(() -> new MockConsumer<>("earliest"), MockProducer::new),
            EngineRuntime.system());
    one.begun();
    asked.await(
        one,
        unstarted.interject(
            new TopicPartition("t", 0), (context, when) -> ExecutionState.COMPLETE));
    asked.closed();

    assertThat(broken()).isEmpty();
  }

  @Test
  void nothingIsDoneWherePartitionsAreNone() {
    await(all);
    assertThat(answer.complete(null)).isTrue();

    assertThat(broken()).isEmpty();
  }

  @Test
  void whatWasNotDoneMustNotCountAsDone() {
    await(one);
    assertThat(answer.complete(null)).isTrue();

    assertThat(broken()).containsExactly("what was asked for counts as done: it (never begun)");
  }

  @Test
  void whatHasOnlyBegunMustNotCountAsDone() {
    await(all);
    all.begun();
    all.begun();
    all.ended();
    assertThat(answer.complete(null)).isTrue();

    assertThat(broken()).singleElement().asString().contains("begun 2 times, ended once");
  }

  @Test
  void anotherFailureThanItsEndIsNone() {
    CompletableFuture<Void> derived = answer.thenAccept(nothing -> {});
    asked.await(one, derived);
    assertThat(answer.completeExceptionally(new IllegalStateException("broken"))).isTrue();

    assertThat(broken()).singleElement().asString().contains("IllegalStateException: broken");
  }

  @Test
  void whoHasClosedOwesNoAnswer() {
    await(one);
    asked.closed();

    assertThat(broken())
        .containsExactly(
            "what was asked for has no answer when its member has closed: it (never begun)");
  }
}
