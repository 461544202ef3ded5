package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BackPressureTest {
  private final Deque<CompletableFuture<Void>> calls = new ArrayDeque<>();

  private Rig rig(SchedulerConfig limits, UnaryOperator<EventSourceConfig> configure) {
    Rig rig = new Rig(configure);
    scheduler(rig, limits);
    return rig.start(0);
  }

  private AsyncJobScheduler<String, String> scheduler(Rig rig, SchedulerConfig limits) {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              calls.add(new CompletableFuture<>());
              return calls.getLast();
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            limits);
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return scheduler;
  }

  /** Lets the poll that was under way end: pauses are made between polls. */
  private static void nextPoll(Rig rig) {
    rig.advance(Duration.ofMillis(100));
  }

  private void end(Rig rig, int count) {
    for (int i = 0; i < count; i++) {
      calls.remove().complete(null);
      rig.baton.settle();
    }
  }

  @Test
  void pausesAPartitionWithTooManyRecordsInFlightUntilHalfAreDone() {
    Rig rig = rig(new SchedulerConfig(10, 100, 100), c -> c.withMaxInFlightPerPartition(4));
    rig.deliver(0, "a", "b", "c");
    assertThat(rig.source.paused()).isEmpty();
    rig.deliver(3, "d");

    assertThat(rig.source.paused()).isEqualTo(Map.of(Rig.partition(0), PauseReason.IN_FLIGHT));
    assertThat(rig.consumer.paused).containsExactly(Rig.partition(0));
    end(rig, 1);
    assertThat(rig.consumer.paused).isNotEmpty();
    end(rig, 1);
    assertThat(rig.consumer.paused).isEmpty();
    assertThat(rig.heard).endsWith("paused in-0 IN_FLIGHT", "resumed in-0");
  }

  @Test
  void pausesAPartitionWithTooManyBytesInFlightUntilHalfAreDone() {
    Rig rig =
        rig(
            new SchedulerConfig(10, 100, 100),
            c -> c.withFlow(FlowLimits.defaults().withMaxInFlightBytes(40)));
    rig.deliver(0, "a".repeat(10), "b".repeat(29));
    assertThat(rig.source.paused()).isEmpty();
    rig.deliver(2, "c");

    assertThat(rig.source.paused())
        .isEqualTo(Map.of(Rig.partition(0), PauseReason.IN_FLIGHT_BYTES));
    end(rig, 1);
    assertThat(rig.consumer.paused).isNotEmpty();
    end(rig, 1);
    assertThat(rig.consumer.paused).isEmpty();
    assertThat(rig.heard).endsWith("paused in-0 IN_FLIGHT_BYTES", "resumed in-0");
  }

  @Test
  void takesARecordThatIsLargerThanAllThatMayBeInFlight() {
    Rig rig =
        rig(
            new SchedulerConfig(10, 100, 100),
            c -> c.withFlow(FlowLimits.defaults().withMaxInFlightBytes(5)));
    rig.deliver(0, "a".repeat(100));
    end(rig, 1);
    rig.deliver(1, "b".repeat(100));
    end(rig, 1);
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(2);
    assertThat(rig.source.paused()).isEmpty();
  }

  @Test
  void resumesWithoutWaitingForThePollToTimeOut() {
    Rig rig =
        rig(
            new SchedulerConfig(10, 100, 100),
            c -> c.withMaxInFlightPerPartition(1).withPollTimeout(Duration.ofMinutes(1)));
    rig.deliver(0, "a", "b");
    assertThat(rig.consumer.paused).isNotEmpty();

    end(rig, 2);

    // No time has passed.
    assertThat(rig.consumer.paused).isEmpty();
  }

  @Test
  void pausesThePartitionThatOverfillsAKey() {
    Rig rig = rig(new SchedulerConfig(10, 2, 100), c -> c);
    rig.assign(1);
    rig.deliverTo(1, 0, "b1");
    rig.deliver(0, "a1", "a2", "a3");
    assertThat(rig.source.paused()).isEmpty();
    rig.deliver(3, "a4");
    nextPoll(rig);

    assertThat(rig.source.paused()).isEqualTo(Map.of(Rig.partition(0), PauseReason.KEY_QUEUE));
    rig.deliver(4, "a5");
    end(rig, 3);
    assertThat(rig.source.paused()).isEmpty();
    end(rig, 3);
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(5);
  }

  @Test
  void pausesThePartitionThatOverfillsTheTableOfKeys() {
    Rig rig = rig(new SchedulerConfig(10, 100, 2), c -> c);
    rig.deliver(0, "a", "b");
    assertThat(rig.source.paused()).isEmpty();
    rig.deliver(2, "c");
    nextPoll(rig);

    assertThat(rig.source.paused()).isEqualTo(Map.of(Rig.partition(0), PauseReason.KEY_TABLE));
    end(rig, 1);
    assertThat(rig.source.paused()).isNotEmpty();
    end(rig, 1);
    assertThat(rig.source.paused()).isEmpty();
  }

  @Test
  void resumesWhenALimitIsRaised() {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> scheduler = scheduler(rig, new SchedulerConfig(10, 1, 1));
    rig.start(0).deliver(0, "a1", "a2", "a3", "b");
    nextPoll(rig);
    assertThat(rig.source.paused()).hasSize(1);

    scheduler.setWorkerQueueDepth(10);
    rig.baton.settle();
    assertThat(rig.source.paused()).isEqualTo(Map.of(Rig.partition(0), PauseReason.KEY_QUEUE));
    scheduler.setMaxConcurrentKeys(10);
    rig.baton.settle();

    assertThat(rig.source.paused()).isEmpty();
  }

  @Test
  void doesNotPollOftenWhileItWaits() {
    Rig rig = rig(new SchedulerConfig(10, 100, 100), c -> c.withMaxInFlightPerPartition(1));
    rig.deliver(0, "a");
    int before = rig.consumer.polls;

    rig.advance(Duration.ofSeconds(10));

    assertThat(rig.consumer.polls - before).isLessThan(120);
  }
}
