package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events are texts such as {@code e1=a1,b2}: the event's key is its first item's or its letter. */
class BatcherTest {
  private static final Duration DELAY = Duration.ofMillis(10);

  private final Rig rig = new Rig();
  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();
  private final Map<String, List<BatchItem<String, String>>> batches = new LinkedHashMap<>();

  private AsyncBatcher<String, String> batcher(BatcherConfig config) {
    AsyncBatcher<String, String> batcher =
        AsyncBatcher.asynchronous(rig.source, this::call, config);
    rig.handling((context, text) -> batcher.add(items(context, text)));
    return batcher;
  }

  private CompletableFuture<Void> call(List<BatchItem<String, String>> items) {
    String batch = String.join(" ", items.stream().map(BatchItem::value).toList());
    log.add("run " + batch);
    CompletableFuture<Void> call = new CompletableFuture<>();
    calls.put(batch, call);
    batches.put(batch, items);
    return call;
  }

  /** The first value's first letter is the event's key; without values it is the name's. */
  private BatchItems<String, String> items(EventContext context, String text) {
    String[] parts = text.split("=", 2);
    List<String> values = parts.length == 1 ? List.of() : Arrays.asList(parts[1].split(","));
    String key = (values.isEmpty() ? parts[0] : values.get(0)).substring(0, 1);
    BatchItems<String, String> items =
        new BatchItems<String, String>(context, key, this::complete).withUserData(parts[0]);
    values.forEach(value -> items.addWithKey(value.substring(0, 1), List.of(value)));
    return items;
  }

  private ExecutionState complete(EventContext context, BatchItems<String, String> items) {
    StringBuilder line = new StringBuilder("done " + items.userData());
    for (BatchItem<String, String> item : items.items()) {
      item.error().ifPresent(e -> line.append(' ' + item.value() + ":" + e.getMessage()));
      if (item.userData() != null) {
        line.append(" " + item.value() + ">" + item.userData());
      }
    }
    log.add(line.toString());
    return ExecutionState.COMPLETE;
  }

  private void end(String batch, @Nullable Exception failure) {
    CompletableFuture<Void> call = calls.remove(batch);
    assertThat(call).as(batch).isNotNull();
    if (failure == null) {
      call.complete(null);
    } else {
      call.completeExceptionally(failure);
    }
    rig.baton.settle();
  }

  private void end(String batch) {
    end(batch, null);
  }

  @Test
  void startsABatchWhenItIsFullWithKeysAndPartitionsMixed() {
    batcher(BatcherConfig.of(3, 2, DELAY));
    rig.start(0, 1).deliver(0, "e=a1", "f=b2");
    assertThat(log).isEmpty();
    rig.deliverTo(1, 0, "g=c3");

    assertThat(log).containsExactly("run a1 b2 c3");
    end("a1 b2 c3");
    assertThat(log).contains("done e", "done f", "done g");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(2);
    assertThat(rig.committed(1)).isEqualTo(1);
  }

  @Test
  void startsABatchWhenItsFirstItemHasWaitedLongEnough() {
    batcher(BatcherConfig.of(10, 2, DELAY));
    rig.start(0).deliver(0, "e=a1");
    rig.advance(Duration.ofMillis(9));
    rig.deliver(1, "f=b2");
    assertThat(log).isEmpty();
    rig.advance(Duration.ofMillis(1));

    assertThat(log).containsExactly("run a1 b2");
    rig.deliver(2, "g=c3");
    rig.advance(Duration.ofMillis(9));
    assertThat(log).hasSize(1);
    rig.advance(Duration.ofMillis(1));
    assertThat(log).endsWith("run c3");
  }

  @Test
  void putsItemsOfOneKeyInOrderIntoOneBatchButTheKeyIntoOneBatchAtATime() {
    batcher(BatcherConfig.of(2, 9, DELAY));
    rig.start(0).deliver(0, "e=a1", "f=a2", "g=a3", "h=b4");

    assertThat(log).containsExactly("run a1 a2");
    rig.deliver(4, "i=c5");
    assertThat(log).containsExactly("run a1 a2", "run b4 c5");
    end("a1 a2");
    assertThat(log).endsWith("done e", "done f");
    rig.advance(DELAY);
    assertThat(log).endsWith("run a3");
  }

  @Test
  void spreadsAnEventOverBatchesInOrderAndCallsBackOnceAfterTheLast() {
    batcher(BatcherConfig.of(2, 9, DELAY));
    rig.start(0).deliver(0, "e=a1,a2,a3,a4,a5");

    end("a1 a2");
    end("a3 a4");
    rig.advance(DELAY);
    assertThat(log).containsExactly("run a1 a2", "run a3 a4", "run a5");
    end("a5");
    assertThat(log).endsWith("run a5", "done e");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void runsAtOnceWhatHasWaitedWhileItsKeyWasRunning() {
    batcher(BatcherConfig.of(2, 9, DELAY));
    rig.start(0).deliver(0, "e=a1,a2,a3");
    rig.advance(DELAY);

    end("a1 a2");

    assertThat(log).endsWith("run a3");
  }

  @Test
  void passesAnEmptyEventInItsKeysSequence() {
    batcher(BatcherConfig.of(2, 9, DELAY));
    rig.start(0).deliver(0, "a");
    assertThat(log).containsExactly("done a");
    rig.deliver(1, "e=a1,a2", "a", "f=a3");

    end("a1 a2");
    assertThat(log).containsExactly("done a", "run a1 a2", "done e", "done a");
    rig.advance(DELAY);
    end("a3");
    rig.commit();
    assertThat(rig.committed(0)).isEqualTo(4);
  }

  @Test
  void keepsTheOrderOfAnEmptyEventInsideABatch() {
    batcher(BatcherConfig.of(2, 9, DELAY));
    rig.start(0).deliver(0, "e=a1", "a", "f=a2");

    end("a1 a2");

    assertThat(log).containsExactly("run a1 a2", "done e", "done a", "done f");
  }

  @Test
  void callsBackInTheOrderOfTheKeyAlsoIfAnEarlierEventWaitsForAnotherKey() {
    batcher(BatcherConfig.of(1, 9, DELAY));
    rig.start(0).deliver(0, "e=a1,b2", "f=a3");

    end("a1");
    end("a3");
    assertThat(log).noneMatch(line -> line.startsWith("done"));
    end("b2");

    assertThat(log).endsWith("done e", "done f");
  }

  @Test
  void runsNoMoreBatchesAtOnceThanItMay() {
    batcher(BatcherConfig.of(1, 2, DELAY));
    rig.start(0).deliver(0, "e=a1", "f=b2", "g=c3");

    assertThat(log).containsExactly("run a1", "run b2");
    end("b2");
    assertThat(log).contains("run c3");
  }

  @Test
  void marksEveryItemThatHasNoErrorWhenABatchFails() {
    batcher(BatcherConfig.of(2, 2, DELAY));
    rig.start(0).deliver(0, "e=a1", "f=b2");
    List<BatchItem<String, String>> items = batches.getOrDefault("a1 b2", List.of());
    items.get(0).setError(new IllegalStateException("own"));
    items.get(1).setUserData("data");

    end("a1 b2", new IllegalStateException("all"));

    assertThat(log).endsWith("done e a1:own", "done f b2:all b2>data");
  }

  @Test
  void runsABlockingExecutorOnWorkersAndMarksWhatItThrows() {
    AsyncBatcher<String, String> batcher =
        AsyncBatcher.blocking(
            rig.source,
            items -> {
              rig.block(call(items)::isDone);
              throw new IllegalArgumentException("no");
            },
            BatcherConfig.of(1, 2, DELAY));
    rig.handling((context, text) -> batcher.add(items(context, text)));
    rig.start(0).deliver(0, "e=a1", "f=b2");

    assertThat(log).containsExactly("run a1", "run b2");
    end("b2");
    end("a1");
    assertThat(log).endsWith("done f b2:no", "done e a1:no");
    assertThat(batcher.activeKeys()).isZero();
  }

  @Test
  void pausesAPartitionThatHasTooManyItemsWaiting() {
    batcher(new BatcherConfig(1, 1, DELAY, 2));
    rig.start(0).deliver(0, "e=a1", "f=a2", "g=a3");
    rig.advance(Duration.ofMillis(200));
    assertThat(rig.source.paused()).isEmpty();
    rig.deliver(3, "h=a4");
    rig.advance(Duration.ofMillis(200));

    assertThat(rig.source.paused()).isEqualTo(Map.of(Rig.partition(0), PauseReason.BATCH_QUEUE));
    end("a1");
    assertThat(rig.source.paused()).isNotEmpty();
    end("a2");
    assertThat(rig.source.paused()).isEmpty();
  }

  @Test
  void removesItemsOfAPartitionThatIsGoneAndKeepsTheKeyUntilItsBatchHasEnded() {
    batcher(BatcherConfig.of(1, 9, DELAY));
    rig.start(0).deliver(0, "e=a1", "f=a2");

    rig.lose();
    rig.assign(0);
    rig.deliver(0, "g=a3");
    assertThat(log).containsExactly("run a1");
    end("a1");

    assertThat(log).containsExactly("run a1", "run a3");
    end("a3");
    assertThat(log).endsWith("done g");
  }

  @Test
  void finishesAnEventThatHasStartedBeforeItGivesAPartitionBack() {
    AsyncBatcher<String, String> batcher = batcher(BatcherConfig.of(2, 9, DELAY));
    rig.start(0).deliver(0, "e=a1,a2,a3", "f=a4");

    rig.revoke(0);
    end("a1 a2");
    rig.advance(DELAY);
    end("a3");

    assertThat(log).containsExactly("run a1 a2", "run a3", "done e");
    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.committed(0)).isEqualTo(1);
    assertThat(batcher.activeKeys()).isZero();
  }

  @Test
  void chainsWithSchedulersBothWays() {
    List<AsyncBatcher<String, String>> batchers = new ArrayList<>();
    AsyncJobScheduler<String, String> last =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> log.add("last " + value),
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            SchedulerConfig.compute(1));
    batchers.add(AsyncBatcher.asynchronous(rig.source, this::call, BatcherConfig.of(1, 9, DELAY)));
    AsyncJobScheduler<String, String> first =
        AsyncJobScheduler.blocking(
            rig.source,
            (key, value) -> log.add("first " + value),
            (context, key, value, failure) ->
                batchers
                    .get(0)
                    .add(
                        new BatchItems<String, String>(
                                context, key, (c, items) -> last.schedule(c, key, value))
                            .addOne(value)),
            SchedulerConfig.compute(1));
    rig.handling((context, text) -> first.schedule(context, text, text)).start(0);
    rig.deliver(0, "a1");
    end("a1");
    rig.commit();

    assertThat(log).containsExactly("first a1", "run a1", "last a1");
    assertThat(rig.committed(0)).isEqualTo(1);
  }

  @Test
  void refusesAnEventOfAnotherSource() {
    AsyncBatcher<String, String> batcher = batcher(BatcherConfig.of(1, 9, DELAY));
    List<EventContext> contexts = new ArrayList<>();
    Rig other = new Rig();
    other
        .handling(
            (context, value) -> {
              contexts.add(context);
              return ExecutionState.COMPLETE;
            })
        .start(0)
        .deliver(0, "a");
    EventContext context = contexts.get(0);

    assertThatThrownBy(() -> batcher.add(items(context, "e=a1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesItemsThatHaveBeenAdded() {
    AsyncBatcher<String, String> batcher =
        AsyncBatcher.asynchronous(rig.source, this::call, BatcherConfig.of(1, 9, DELAY));
    List<BatchItems<String, String>> added = new ArrayList<>();
    rig.handling(
            (context, text) -> {
              added.add(items(context, text));
              return batcher.add(added.get(0));
            })
        .start(0)
        .deliver(0, "e=a1");

    assertThatThrownBy(() -> added.get(0).addOne("a2")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> batcher.add(added.get(0))).isInstanceOf(IllegalStateException.class);
  }
}
