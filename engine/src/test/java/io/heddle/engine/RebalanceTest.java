package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RebalanceTest {
  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();

  private Rig rig(UnaryOperator<EventSourceConfig> configure) {
    Rig rig = new Rig(configure);
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              log.add("start " + value);
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              return call;
            },
            (context, key, value, failure) -> {
              log.add("finish " + value);
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(10, 100, 100));
    rig.handling((context, value) -> scheduler.schedule(context, value.substring(0, 1), value));
    return rig.start(0);
  }

  private void end(Rig rig, String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  @Test
  void finishesWhatHasStartedAndDropsWhatIsQueued() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a1", "b1", "a2");

    rig.revoke(0);
    assertThat(rig.consumer.isRebalancing()).isTrue();
    end(rig, "a1");
    assertThat(rig.consumer.isRebalancing()).isTrue();
    end(rig, "b1");

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(log).containsExactly("start a1", "start b1", "finish a1", "finish b1");
    assertThat(rig.committed(0)).isEqualTo(2);
    assertThat(rig.heard)
        .containsExactly(
            "assigned [in-0]", "willRevoke [in-0]", "committed in-0 2", "revoked [in-0]");
  }

  @Test
  void startsNothingBehindWhatItIsDroppingJustNow() {
    Rig rig = new Rig();
    CompletableFuture<Void> running = new CompletableFuture<>();
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              log.add("start " + value);
              return running;
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            new SchedulerConfig(10, 100, 100));
    rig.handling((context, value) -> scheduler.schedule(context, "a", value)).start(0);
    rig.deliver(0, "a1");
    CompletableFuture<Void> dropped =
        rig.source.interject(
            Rig.partition(0), (context, when) -> scheduler.schedule(context, "a", "a2"));
    rig.baton.settle();
    rig.deliver(1, "a3");

    // Called in the middle of the dropping: others get to run, and the key is free.
    CompletableFuture<Void> seen =
        dropped.exceptionally(
            failure -> {
              running.complete(null);
              rig.baton.settle();
              return null;
            });
    rig.revoke(0);

    assertThat(seen).isCompleted();
    assertThat(log).containsExactly("start a1");
  }

  @Test
  void finishesAllThatWasPolledIfThePolicySaysSo() {
    Rig rig = rig(config -> config.withDrainPolicy(DrainPolicy.ACCEPTED));
    rig.deliver(0, "a1", "b1", "a2");

    rig.revoke(0);
    end(rig, "a1");
    end(rig, "b1");
    assertThat(rig.consumer.isRebalancing()).isTrue();
    end(rig, "a2");

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(3);
  }

  @Test
  void finishesAnEventThatIsBetweenTwoSchedulers() {
    Rig rig = new Rig();
    AsyncJobScheduler<String, String> second =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              calls.put(value, new CompletableFuture<>());
              return calls.getOrDefault(value, new CompletableFuture<>());
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            new SchedulerConfig(1, 100, 100));
    AsyncJobScheduler<String, String> first =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> {},
            (context, key, value, failure) -> second.schedule(context, key, value),
            SchedulerConfig.compute(1));
    rig.handling((context, value) -> first.schedule(context, "k", value));
    rig.start(0).deliver(0, "a", "b");
    assertThat(calls).containsOnlyKeys("a");

    rig.revoke(0);
    end(rig, "a");
    assertThat(rig.consumer.isRebalancing()).isTrue();
    end(rig, "b");

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(2);
  }

  @Test
  void givesUpADrainAtItsDeadlineAndIgnoresWhatEndsLater() {
    Rig rig = rig(config -> config.withDrainTimeout(Duration.ofSeconds(5)));
    rig.deliver(0, "a1", "b1");

    rig.revoke(0);
    end(rig, "a1");
    rig.advance(Duration.ofSeconds(4));
    assertThat(rig.consumer.isRebalancing()).isTrue();
    rig.advance(Duration.ofSeconds(1));

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(1);
    end(rig, "b1");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(log).doesNotContain("finish b1");
  }

  @Test
  void leavesTimeForTheCommitWithinTheGroupsPatience() {
    Rig rig =
        rig(
            config ->
                config
                    .withMaxPollInterval(Duration.ofSeconds(12))
                    .withCommitTimeout(Duration.ofSeconds(10)));
    rig.deliver(0, "a1");

    rig.revoke(0);
    rig.advance(Duration.ofSeconds(2));

    assertThat(rig.consumer.isRebalancing()).isFalse();
  }

  @Test
  void goesOnWithOtherPartitionsWhileOneDrains() {
    Rig rig = rig(config -> config);
    rig.assign(1);
    rig.deliver(0, "a1");
    rig.deliverTo(1, 0, "b1", "b2");

    rig.revoke(0);
    end(rig, "b1");

    assertThat(log).contains("finish b1", "start b2");
    end(rig, "a1");
    end(rig, "b2");
    rig.commit();
    assertThat(rig.committed(1)).isEqualTo(2);
  }

  @Test
  void dropsALostPartitionAtOnceAndCommitsNothing() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a1", "b1");
    end(rig, "a1");

    rig.lose();

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.heard).contains("lost [in-0]");
    end(rig, "b1");
    rig.commit();
    assertThat(rig.consumer.commits).isEmpty();
    assertThat(log).doesNotContain("finish b1");
  }

  @Test
  void losesAlsoWhatItHasHeardOfOnlyAfterItWasPutOut() {
    Rig rig = rig(config -> config.withMaxInFlightPerPartition(1));
    rig.deliver(0, "a1");
    rig.deliverTo(1, 0, "b1");

    rig.consumer.assignAndLose(Rig.partition(1));
    rig.baton.settle();

    assertThat(rig.heard).endsWith("lost [in-0, in-1]", "revoked [in-1]");
    end(rig, "a1");
    rig.assign(1);
    rig.deliverTo(1, 0, "b1");
    end(rig, "b1");
    rig.commit();
    assertThat(rig.consumer.commits).hasSize(1);
    assertThat(rig.committed(1)).isEqualTo(1);
    assertThat(rig.source.failure()).isEmpty();
  }

  @Test
  void takesNoRecordsOfWhatItHasLostWithoutHavingBeenToldIt() {
    Rig rig = rig(config -> config);

    rig.consumer.assignAndLose(Rig.partition(1));
    // The consumer has read it before it noticed what has become of its own assignment.
    rig.consumer.strays.add(Rig.record(1, 0, "b1"));
    rig.baton.settle();

    assertThat(log).isEmpty();
    assertThat(rig.source.failure()).isEmpty();
  }

  @Test
  void startsNoKeyAgainThatStillRunsForAnEarlierOwnership() {
    Rig rig = rig(config -> config);
    rig.deliver(0, "a1", "a2");

    rig.consumer.lose();
    rig.consumer.assign(Rig.partition(0));
    rig.baton.settle();
    CompletableFuture<Void> zombie = calls.remove("a1");
    rig.deliver(0, "a1", "a2", "b1");

    assertThat(log).containsExactly("start a1", "start b1");
    assertThat(zombie).isNotNull();
    zombie.complete(null);
    rig.baton.settle();
    assertThat(log).containsExactly("start a1", "start b1", "start a1");
    end(rig, "a1");
    end(rig, "a2");
    end(rig, "b1");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(3);
    assertThat(log.stream().filter("finish a1"::equals)).hasSize(1);
  }

  @Test
  void ignoresACompletionOfAnEarlierOwnership() {
    List<EventContext> contexts = new ArrayList<>();
    Rig rig =
        new Rig()
            .handling(
                (context, value) -> {
                  contexts.add(context);
                  return ExecutionState.INCOMPLETE;
                });
    rig.start(0).deliver(0, "a");
    rig.lose();
    rig.assign(0);
    rig.deliver(0, "a");

    contexts.get(0).asyncJobComplete(() -> ExecutionState.COMPLETE);
    rig.commit();

    assertThat(rig.committed(0)).isEqualTo(-1);
    contexts.get(1).asyncJobComplete(() -> ExecutionState.COMPLETE);
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void doesNotCarryAPauseOverToTheNextOwnership() {
    Rig rig = rig(config -> config.withMaxInFlightPerPartition(1));
    rig.deliver(0, "a1");
    assertThat(rig.consumer.paused).containsExactly(Rig.partition(0));

    rig.consumer.lose();
    rig.consumer.assign(Rig.partition(0));
    // A consumer that remembers the pause although the ownership ended.
    rig.consumer.rebalance(() -> rig.consumer.paused.add(Rig.partition(0)), 1);
    rig.baton.settle();

    assertThat(rig.consumer.paused).isEmpty();
    assertThat(rig.source.paused()).isEmpty();
  }
}
