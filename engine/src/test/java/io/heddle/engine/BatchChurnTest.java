package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Random histories with batches, failures that are tried again, and interjections. */
class BatchChurnTest {
  private static final int PARTITIONS = 2;
  private static final int RECORDS = 25;

  @Test
  void keepsItsPromisesInRandomHistories() {
    for (int seed = 0; seed < 200; seed++) {
      try {
        new History(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** A batch that the test ends some time. */
  private record Call(CompletableFuture<Void> end, List<BatchItem<String, String>> items) {}

  private static final class History {
    private final Random random;
    private final Rig rig;
    private final AsyncBatcher<String, String> batcher;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Set<Long>> complete = new TreeMap<>();
    private final Map<String, Long> lastEnd = new TreeMap<>();
    private final Set<Integer> owned = new LinkedHashSet<>();
    private final List<CompletableFuture<Void>> interjections = new ArrayList<>();
    private final int trouble;

    History(int seed) {
      random = new Random(seed);
      trouble = random.nextInt(5);
      FailureHandling retry =
          FailureHandling.stop()
              .withRetries(1000, Duration.ofMillis(5))
              .withMaxBackoff(Duration.ofMillis(50));
      rig =
          new Rig(
              new Baton(random::nextInt),
              config ->
                  config
                      .withOnFailure(FailureStage.HANDLER, retry)
                      .withOnFailure(FailureStage.FINALIZER, retry)
                      .withDrainPolicy(
                          random.nextBoolean() ? DrainPolicy.ACCEPTED : DrainPolicy.STARTED)
                      .withDrainTimeout(Duration.ofMillis(random.nextInt(500)))
                      .withMaxInFlightPerPartition(1 + random.nextInt(8)));
      rig.consumer.maxPollRecords = 1 + random.nextInt(6);
      batcher =
          AsyncBatcher.asynchronous(
              rig.source,
              this::call,
              new BatcherConfig(
                  1 + random.nextInt(4),
                  1 + random.nextInt(3),
                  Duration.ofMillis(random.nextInt(20)),
                  1 + random.nextInt(10)));
      rig.source.scheduleInterjection(this::interject, Duration.ofMillis(70), Duration.ZERO);
      rig.handling(this::handle);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        complete.put(partition, new LinkedHashSet<>());
      }
    }

    private void failSometimes() {
      if (trouble > 0 && random.nextInt(10) < trouble) {
        throw new IllegalStateException("again");
      }
    }

    private ExecutionState interject(EventContext context, Instant when) {
      failSometimes();
      return batcher.add(
          new BatchItems<String, String>(context, "z", (c, items) -> ExecutionState.COMPLETE)
              .addOne("z"));
    }

    private ExecutionState handle(EventContext context, String value) {
      failSometimes();
      String key = value.substring(0, 1);
      BatchItems<String, String> items = new BatchItems<>(context, key, this::end);
      for (int i = 0; i < context.offset() % 4; i++) {
        items.addWithKey(i == 2 ? "y" : key, List.of(value + "-" + i));
      }
      return batcher.add(items);
    }

    private CompletableFuture<Void> call(List<BatchItem<String, String>> items) {
      for (Call running : calls) {
        for (BatchItem<String, String> one : running.items) {
          assertThat(items).noneMatch(other -> other.key().equals(one.key()));
        }
      }
      CompletableFuture<Void> call = new CompletableFuture<>();
      calls.add(new Call(call, items));
      return call;
    }

    private ExecutionState end(EventContext context, BatchItems<String, String> items) {
      failSometimes();
      int partition = context.topicPartition().partition();
      assertThat(owned).contains(partition);
      String lane = partition + items.key();
      assertThat(lastEnd.getOrDefault(lane, -1L)).as(lane).isLessThan(context.offset());
      lastEnd.put(lane, context.offset());
      complete.getOrDefault(partition, Set.of()).add(context.offset());
      return ExecutionState.COMPLETE;
    }

    void run() {
      rig.source.start();
      for (int step = 0; step < 200; step++) {
        act();
        check();
      }
      for (int round = 0; round < 3000 && !isFinished(); round++) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          assign(partition);
        }
        rig.baton.settle();
        endOne();
        rig.advance(Duration.ofMillis(20));
        check();
      }
      assertThat(isFinished())
          .as("stuck: %s, paused %s", rig.source.commitBlockers(), rig.source.paused())
          .isTrue();
      while (!calls.isEmpty()) {
        endOne();
        rig.baton.settle();
      }
      rig.stop();
      for (int round = 0; round < 100 && rig.source.state() != SourceState.CLOSED; round++) {
        endOne();
        rig.advance(Duration.ofMillis(20));
      }
      assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
      assertThat(interjections).allMatch(CompletableFuture::isDone);
      assertThat(rig.baton.alive()).isZero();
    }

    private void act() {
      int partition = random.nextInt(PARTITIONS);
      switch (random.nextInt(11)) {
        case 0 -> assign(partition);
        case 1 -> leave(partition, random.nextBoolean());
        case 2, 3, 4 -> endOne();
        case 5 -> rig.advance(Duration.ofMillis(random.nextInt(200)));
        case 6 ->
            interjections.add(rig.source.interject(Rig.partition(partition), this::interject));
        default -> rig.baton.stepIfPossible();
      }
    }

    private void assign(int partition) {
      if (!owned.contains(partition) && !rig.consumer.isRebalancing()) {
        owned.add(partition);
        lastEnd.keySet().removeIf(lane -> lane.startsWith(String.valueOf(partition)));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = 0; offset < RECORDS; offset++) {
          char key = (char) ('a' + (offset * 7 + partition) % 5);
          records.add(Rig.record(partition, offset, key + "-" + partition + "-" + offset));
        }
        rig.consumer.assignFromCommitted(Rig.partition(partition), records);
      }
    }

    private void leave(int partition, boolean lost) {
      if (owned.contains(partition) && !rig.consumer.isRebalancing()) {
        if (lost) {
          rig.consumer.lose();
          rig.consumer.then(owned::clear);
        } else {
          rig.consumer.revoke(Rig.partition(partition));
          rig.consumer.then(() -> owned.remove(partition));
        }
      }
    }

    private void endOne() {
      if (!calls.isEmpty()) {
        calls.remove(random.nextInt(calls.size())).end.complete(null);
      }
    }

    private void check() {
      assertThat(rig.source.failure()).isEmpty();
      rig.consumer.committed.forEach(
          (partition, offset) -> {
            Set<Long> done = complete.getOrDefault(partition.partition(), Set.of());
            for (long below = 0; below < offset.offset(); below++) {
              assertThat(done).as("commit of %s", partition).contains(below);
            }
            CommitMetadata.decode(offset.offset(), offset.metadata())
                .ifPresent(metadata -> assertThat(metadata.offsets()).allMatch(done::contains));
          });
    }

    private boolean isFinished() {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        if (rig.committed(partition) != RECORDS) {
          return false;
        }
      }
      return true;
    }
  }
}
