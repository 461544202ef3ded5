package io.heddle.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.choice.SeededChoices;
import io.heddle.simulator.core.Limits;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.HeartbeatRequest;
import io.heddle.simulator.protocol.HeartbeatResponse;
import io.heddle.simulator.protocol.ProduceRequest;
import io.heddle.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimNetworkTest {
  private static final Latency WIDE = Latency.uniform(Duration.ofNanos(0), Duration.ofMillis(20));

  private final SeededChoices choices = new SeededChoices(1);
  private final Simulation simulation = new Simulation(choices, Limits.DEFAULT);
  private final Endpoint endpoint = new Endpoint(new SimProcess(new Member("m1", 1)), "consumer-1");
  private final List<Integer> served = new ArrayList<>();
  private final List<String> replies = new ArrayList<>();

  private SimNetwork network(SeededChoices from, Latency latency) {
    return new SimNetwork(
        simulation,
        from,
        new Trace(null),
        latency,
        latency,
        (sender, givenUp, broker, request, reply) -> {
          served.add(((HeartbeatRequest) request).generationId());
          reply.accept(new HeartbeatResponse(ErrorCode.NONE));
        });
  }

  private void send(SimNetwork network, int number) {
    network.send(
        endpoint,
        0,
        new HeartbeatRequest("g", number, "member", Optional.empty()),
        response ->
            replies.add(
                number
                    + " "
                    + ((HeartbeatResponse) response).error()
                    + " at "
                    + simulation.nanoTime() / 1_000_000));
  }

  private void run(SimNetwork network, int requests) throws Exception {
    Boolean over =
        simulation.run(
            () -> {
              IntStream.rangeClosed(1, requests).forEach(number -> send(network, number));
              simulation.sleep(Duration.ofSeconds(10).toNanos());
              return true;
            });
    assertThat(over).isTrue();
  }

  private static FaultRule second(Verdict verdict) {
    return new FaultRule("f", exchange -> true, new FaultRule.Trigger.Nth(2), verdict);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepsOneConnectionInOrderWhateverTheLatencies(long seed) throws Exception {
    run(network(new SeededChoices(seed), WIDE), 50);

    assertThat(served).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(replies).hasSize(50);
    assertThat(replies.stream().map(line -> Integer.parseInt(line.substring(0, line.indexOf(" ")))))
        .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
  }

  @Test
  void losesARequestAndWhateverIsSentBehindIt() throws Exception {
    SimNetwork network = network(choices, Latency.constant(Duration.ofMillis(1)));
    FaultRule rule = second(new Verdict.DropRequest());
    network.add(rule);

    run(network, 3);

    assertThat(served).containsExactly(1);
    assertThat(replies).containsExactly("1 NONE at 2");
    assertThat(rule.fired()).isEqualTo(1);
  }

  @Test
  void losesAReplyAndThoseBehindItAfterTheBrokerHasApplied() throws Exception {
    SimNetwork network = network(choices, Latency.constant(Duration.ofMillis(1)));
    network.add(second(new Verdict.ApplyThenDrop()));

    run(network, 3);

    assertThat(served).containsExactly(1, 2, 3);
    assertThat(replies).containsExactly("1 NONE at 2");
  }

  @Test
  void answersWithAnErrorWithoutAskingTheBroker() throws Exception {
    SimNetwork network = network(choices, Latency.constant(Duration.ofMillis(1)));
    network.add(second(new Verdict.Fail(ErrorCode.NOT_COORDINATOR)));

    run(network, 2);

    assertThat(served).containsExactly(1);
    assertThat(replies).containsExactly("1 NONE at 2", "2 NOT_COORDINATOR at 2");
  }

  @Test
  void delaysARequestAndWhateverComesBehindIt() throws Exception {
    SimNetwork network = network(choices, Latency.constant(Duration.ofMillis(1)));
    network.add(second(new Verdict.Delay(Latency.constant(Duration.ofMillis(30)))));

    run(network, 3);

    assertThat(replies).containsExactly("1 NONE at 2", "2 NONE at 32", "3 NONE at 32");
  }

  @Test
  void strikesTheFirstSoManyOrWithAProbabilityAndNoMoreOnceHealed() throws Exception {
    SimNetwork network = network(choices, Latency.constant(Duration.ofMillis(1)));
    FaultRule first =
        new FaultRule(
            "first",
            exchange -> true,
            new FaultRule.Trigger.Times(2),
            new Verdict.Fail(ErrorCode.UNKNOWN_MEMBER_ID));
    FaultRule sometimes =
        new FaultRule(
            "sometimes",
            exchange -> true,
            new FaultRule.Trigger.WithProbability(0.5),
            new Verdict.Fail(ErrorCode.REBALANCE_IN_PROGRESS));
    FaultRule never =
        new FaultRule(
            "never",
            exchange -> true,
            new FaultRule.Trigger.WithProbability(1),
            new Verdict.DropRequest());
    never.heal();
    network.add(never);
    network.add(first);
    network.add(sometimes);

    run(network, 102);

    assertThat(first.fired()).isEqualTo(2);
    assertThat(sometimes.fired()).isBetween(30L, 70L);
    assertThat(never.fired()).isZero();
    assertThat(replies).hasSize(102);
  }

  /** A broker that answers the first request after a second, and the others at once. */
  private SimNetwork slow() {
    return new SimNetwork(
        simulation,
        choices,
        new Trace(null),
        Latency.constant(Duration.ofMillis(1)),
        Latency.constant(Duration.ofMillis(1)),
        (sender, givenUp, broker, request, reply) -> {
          boolean first = served.isEmpty();
          served.add(request instanceof HeartbeatRequest heartbeat ? heartbeat.generationId() : 0);
          Runnable answer = () -> reply.accept(new HeartbeatResponse(ErrorCode.NONE));
          if (first) {
            simulation.after(Duration.ofSeconds(1).toNanos(), null, answer);
          } else {
            answer.run();
          }
        });
  }

  @Test
  void takesTheNextRequestOfAConnectionWhenItHasAnsweredTheLast() throws Exception {
    run(slow(), 3);

    assertThat(served).containsExactly(1, 2, 3);
    assertThat(replies).containsExactly("1 NONE at 1002", "2 NONE at 1002", "3 NONE at 1002");
  }

  @Test
  void otherConnectionsGoOnMeanwhile() throws Exception {
    SimNetwork network = slow();
    Endpoint other = new Endpoint(new SimProcess(new Member("m2", 1)), "consumer-2");
    Boolean over =
        simulation.run(
            () -> {
              send(network, 1);
              simulation.sleep(Duration.ofMillis(10).toNanos());
              send(network, 2);
              network.send(
                  other,
                  0,
                  new HeartbeatRequest("g", 9, "member", Optional.empty()),
                  response -> replies.add("other at " + simulation.nanoTime() / 1_000_000));
              simulation.sleep(Duration.ofSeconds(10).toNanos());
              return true;
            });

    assertThat(over).isTrue();
    assertThat(served).containsExactly(1, 9, 2);
    assertThat(replies).containsExactly("other at 12", "1 NONE at 1002", "2 NONE at 1002");
  }

  @Test
  void whatIsNotAnsweredHoldsNobodyUp() throws Exception {
    SimNetwork network = slow();
    Boolean over =
        simulation.run(
            () -> {
              network.send(
                  endpoint,
                  0,
                  new ProduceRequest((short) 0, 1_000, Map.of()),
                  response -> replies.add("an answer"));
              send(network, 2);
              simulation.sleep(Duration.ofMillis(900).toNanos());
              return true;
            });

    assertThat(over).isTrue();
    assertThat(replies).containsExactly("2 NONE at 2");
  }
}
