package io.heddle.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way to a broker takes a millisecond here, and the way back another. */
class SimNetworkVerdictsTest {
  private static final Latency WAY = Latency.constant(Duration.ofMillis(1));

  private final Choices choices = new SeededChoices(1);
  private final Simulation simulation = new Simulation(choices, Limits.DEFAULT);
  private final Endpoint client = new Endpoint(new SimProcess(new Member("m1", 1)), "client");
  private final List<String> log = new ArrayList<>();
  private final SimNetwork network =
      new SimNetwork(
          simulation,
          choices,
          new Trace(null),
          WAY,
          WAY,
          (from, givenUp, broker, request, reply) -> {
            note((givenUp ? "applied late " : "applied ") + key(request));
            reply.accept(new FindCoordinatorResponse(error(), 0));
          });
  private int applied;

  private io.heddle.simulator.protocol.ErrorCode error() {
    applied++;
    return io.heddle.simulator.protocol.ErrorCode.NONE;
  }

  private static String key(Request request) {
    return ((FindCoordinatorRequest) request).key();
  }

  private void note(String what) {
    log.add(simulation.nanoTime() / 1_000_000 + " " + what);
  }

  private Runnable send(String key) {
    return network.send(
        client,
        0,
        new FindCoordinatorRequest(key),
        response -> note("answered " + key),
        () -> note("disconnected " + key));
  }

  private FaultRule befalls(String key, Verdict verdict) {
    FaultRule rule =
        new FaultRule(
            key,
            exchange -> key(exchange.request()).equals(key),
            new FaultRule.Trigger.Nth(1),
            verdict);
    network.add(rule);
    return rule;
  }

  private void run(Runnable body) throws Exception {
    simulation.run(
        () -> {
          body.run();
          simulation.sleep(Duration.ofSeconds(1).toNanos());
          return true;
        });
  }

  private void sleep(int millis) {
    simulation.sleep(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void aDuplicateIsAppliedTwiceAndAnsweredOnce() throws Exception {
    FaultRule rule = befalls("a", new Verdict.Duplicate());

    run(() -> send("a"));

    assertThat(log).containsExactly("1 applied a", "1 applied a", "2 answered a");
    assertThat(rule.fired()).isEqualTo(1);
  }

  @Test
  void aDuplicateStaysInFrontOfWhatIsSentBehindIt() throws Exception {
    befalls("a", new Verdict.Duplicate());

    run(
        () -> {
          send("a");
          send("b");
        });

    assertThat(log)
        .containsExactly(
            "1 applied a", "1 applied a", "1 applied b", "2 answered a", "2 answered b");
  }

  @Test
  void aHeldRequestAndWhatIsBehindItArriveWhenTheBarrierIsReleased() throws Exception {
    Barrier barrier = new Barrier(simulation, "the barrier");
    befalls("a", new Verdict.Hold(barrier));

    run(
        () -> {
          send("a");
          send("b");
          barrier.awaitEntered();
          note("entered");
          sleep(50);
          assertThat(barrier.held()).isEqualTo(1);
          barrier.release();
        });

    assertThat(log)
        .containsExactly(
            "1 entered", "51 applied a", "51 applied b", "52 answered a", "52 answered b");
  }

  @Test
  void aSecondHeldRequestOfAConnectionWaitsBehindTheFirst() throws Exception {
    Barrier first = new Barrier(simulation, "first");
    Barrier second = new Barrier(simulation, "second");
    befalls("a", new Verdict.Hold(first));
    befalls("b", new Verdict.Hold(second));

    run(
        () -> {
          send("a");
          send("b");
          send("c");
          first.awaitEntered();
          sleep(10);
          first.release();
          second.awaitEntered();
          sleep(10);
          second.release();
        });

    assertThat(log)
        .containsExactly(
            "11 applied a",
            "12 answered a",
            "21 applied b",
            "21 applied c",
            "22 answered b",
            "22 answered c");
  }

  @Test
  void aBarrierThatNothingHasEnteredCannotBeReleased() throws Exception {
    Barrier barrier = new Barrier(simulation, "the barrier");

    run(
        () -> {
          assertThat(barrier.awaitEntered(Duration.ofMillis(5))).isFalse();
          assertThatThrownBy(barrier::release)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("awaitEntered()");
        });
  }

  @Test
  void anOpenBarrierHoldsNothing() throws Exception {
    Barrier barrier = new Barrier(simulation, "the barrier");
    befalls("a", new Verdict.Hold(barrier));

    run(
        () -> {
          barrier.open();
          send("a");
        });

    assertThat(log).containsExactly("1 applied a", "2 answered a");
  }

  @Test
  void aDisconnectIsAppliedAndToldAtOnceToAllRequestsOfTheConnection() throws Exception {
    befalls("b", new Verdict.Disconnect());

    run(
        () -> {
          send("a");
          sleep(3);
          send("b");
          send("c");
          sleep(10);
          send("d");
        });

    assertThat(log)
        .containsExactly(
            "1 applied a",
            "2 answered a",
            "4 applied b",
            "5 disconnected b",
            "5 disconnected c",
            "14 applied d",
            "15 answered d");
  }

  @Test
  void whatIsOnItsWayWhenTheClientBreaksTheConnectionOffStillArrives() throws Exception {
    befalls("a", new Verdict.Delay(Latency.constant(Duration.ofMillis(5))));

    run(
        () -> {
          Runnable giveUp = send("a");
          sleep(2);
          giveUp.run();
          send("b");
        });

    assertThat(log)
        .containsExactly("2 disconnected a", "3 applied b", "4 answered b", "6 applied late a");
  }

  @Test
  void aDisconnectIsRefusedForAClientThatCannotBeToldOfIt() {
    befalls("a", new Verdict.Disconnect());

    assertThatThrownBy(
            () -> run(() -> network.send(client, 0, new FindCoordinatorRequest("a"), reply -> {})))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Verdict.Disconnect is not modelled by client client");
  }

  @Test
  void aCutLosesRequestsAndRepliesUntilItsEnd() throws Exception {
    run(
        () -> {
          send("a");
          simulation.sleep(Duration.ofMillis(1).toNanos() + 1);
          network.isolate("m1", 0, Duration.ofMillis(10).toNanos());
          send("b");
          sleep(20);
          send("c");
        });

    assertThat(log).containsExactly("1 applied a", "22 applied c", "23 answered c");
  }

  @Test
  void aCutConcernsOneProcessAndOneBrokerAndCanBeMended() throws Exception {
    run(
        () -> {
          network.isolate("m2", 0, Duration.ofHours(1).toNanos());
          network.isolate("m1", 1, Duration.ofHours(1).toNanos());
          send("a");
          network.isolate("m1", 0, Duration.ofHours(1).toNanos());
          send("b");
          network.mend();
          send("c");
        });

    assertThat(log).containsExactly("1 applied a", "1 applied c", "2 answered a", "2 answered c");
    assertThat(applied).isEqualTo(2);
  }

  @Test
  void everyThirdRequestIsStruck() throws Exception {
    network.add(
        new FaultRule(
            "every third",
            exchange -> true,
            new FaultRule.Trigger.Every(3),
            new Verdict.Fail(io.heddle.simulator.protocol.ErrorCode.NOT_COORDINATOR)));

    run(
        () -> {
          for (int i = 1; i <= 7; i++) {
            send("r" + i);
          }
        });

    assertThat(log)
        .contains("1 applied r2", "1 applied r4", "1 applied r5", "1 applied r7")
        .doesNotContain("1 applied r3", "1 applied r6");
  }
}
