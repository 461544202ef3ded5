package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random histories: whatever happens in whatever order, the promises hold, and all gets done. */
class ChurnTest {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 25;

  @Test
  void keepsItsPromisesInRandomHistories() {
    for (int seed = 0; seed < 300; seed++) {
      try {
        new History(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** One run: a source, what the world does to it, and what it was seen to do. */
  private static final class History {
    private final Random random;
    private final Rig rig;
    private final boolean blocks;
    private final AsyncJobScheduler<String, String> first;
    private final AsyncJobScheduler<String, String> scheduler;
    private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();
    private final Set<String> running = new LinkedHashSet<>();
    private final Map<Integer, Set<Long>> complete = new TreeMap<>();
    private final Map<String, Long> lastStart = new TreeMap<>();
    private final Set<Integer> owned = new LinkedHashSet<>();
    private final boolean chained;
    private int jobs;
    private int acknowledged;

    History(int seed) {
      random = new Random(seed);
      blocks = random.nextBoolean();
      DrainPolicy policy = random.nextBoolean() ? DrainPolicy.ACCEPTED : DrainPolicy.STARTED;
      int inFlight = 1 + random.nextInt(8);
      Duration drain = Duration.ofMillis(random.nextInt(500));
      rig =
          new Rig(
              new Baton(random::nextInt),
              config ->
                  config
                      .withDrainPolicy(policy)
                      .withDrainTimeout(drain)
                      .withMaxInFlightPerPartition(inFlight));
      rig.consumer.maxPollRecords = 1 + random.nextInt(6);
      SchedulerConfig limits =
          new SchedulerConfig(1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(4));
      scheduler =
          blocks
              ? AsyncJobScheduler.blocking(
                  rig.source,
                  (key, value) -> rig.block(call(key, value)::isDone),
                  this::end,
                  limits)
              : AsyncJobScheduler.asynchronous(rig.source, this::call, this::end, limits);
      chained = random.nextBoolean();
      first =
          AsyncJobScheduler.blocking(
              rig.source, (key, value) -> {}, this::handOn, SchedulerConfig.compute(2));
      rig.handling(this::handle);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        complete.put(partition, new LinkedHashSet<>());
      }
    }

    private ExecutionState handle(EventContext context, String value) {
      AsyncJobScheduler<String, String> next = chained ? first : scheduler;
      return next.schedule(context, value.substring(0, 1), value);
    }

    private ExecutionState handOn(
        EventContext context, String key, String value, @Nullable Exception failure) {
      return scheduler.schedule(context, key, value);
    }

    // The processor: a call that the test ends some time.
    private CompletableFuture<Void> call(String key, String value) {
      int partition = Integer.parseInt(value.substring(2, 3));
      assertThat(owned).as("%s starts while owned", value).contains(partition);
      assertThat(running.add(key)).as("%s runs while its key does", value).isTrue();
      CompletableFuture<Void> call = new CompletableFuture<>();
      calls.put(value + " #" + jobs++, call);
      return call;
    }

    private ExecutionState end(
        EventContext context, String key, String value, @Nullable Exception failure) {
      int partition = context.topicPartition().partition();
      assertThat(failure).isNull();
      assertThat(owned).as("%s ends while owned", value).contains(partition);
      String lane = partition + key;
      assertThat(lastStart.getOrDefault(lane, -1L)).as(lane).isLessThan(context.offset());
      lastStart.put(lane, context.offset());
      if (context.offset() % 4 == 0) {
        byte[] place = {(byte) partition, (byte) context.offset()};
        context.forward(new ProducerRecord<>("out", place));
      } else {
        complete.getOrDefault(partition, Set.of()).add(context.offset());
      }
      return ExecutionState.COMPLETE;
    }

    void run() {
      rig.source.start();
      for (int step = 0; step < 250; step++) {
        act();
        check();
      }
      finish();
    }

    private void act() {
      int partition = random.nextInt(PARTITIONS);
      switch (random.nextInt(12)) {
        case 0 -> assign(partition);
        case 1 -> revoke(partition);
        case 2 -> lose(partition);
        case 3, 4, 5 -> endOne();
        case 6 -> rig.advance(Duration.ofMillis(random.nextInt(400)));
        case 7 -> scheduler.setConcurrency(1 + random.nextInt(4));
        case 8 -> acknowledgeOne();
        default -> rig.baton.stepIfPossible();
      }
    }

    private void assign(int partition) {
      if (!owned.contains(partition) && !rig.consumer.isRebalancing()) {
        owned.add(partition);
        lastStart.keySet().removeIf(lane -> lane.startsWith(String.valueOf(partition)));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = 0; offset < RECORDS; offset++) {
          char key = (char) ('a' + (offset * 7 + partition) % 5);
          records.add(Rig.record(partition, offset, key + "-" + partition + "-" + offset));
        }
        rig.consumer.assignFromCommitted(Rig.partition(partition), records);
      }
    }

    private void revoke(int partition) {
      if (owned.contains(partition) && !rig.consumer.isRebalancing()) {
        rig.consumer.revoke(Rig.partition(partition));
        rig.consumer.then(() -> owned.remove(partition));
      }
    }

    private void lose(int partition) {
      if (owned.contains(partition) && !rig.consumer.isRebalancing()) {
        rig.consumer.lose();
        rig.consumer.then(owned::clear);
      }
    }

    private void endOne() {
      if (!calls.isEmpty()) {
        String job = List.copyOf(calls.keySet()).get(random.nextInt(calls.size()));
        CompletableFuture<Void> call = calls.remove(job);
        running.remove(job.substring(0, 1));
        if (call != null) {
          call.complete(null);
        }
      }
    }

    private void acknowledgeOne() {
      if (rig.producer.completeNext()) {
        byte[] place = rig.producer.history().get(acknowledged++).value();
        complete.getOrDefault((int) place[0], Set.of()).add((long) place[1]);
      }
    }

    private void check() {
      assertThat(rig.source.failure()).isEmpty();
      rig.consumer.committed.forEach(
          (partition, offset) ->
              assertThat(offset.offset())
                  .as("commit of %s", partition)
                  .isLessThanOrEqualTo(prefix(partition)));
    }

    private long prefix(TopicPartition partition) {
      long next = 0;
      while (complete.getOrDefault(partition.partition(), Set.of()).contains(next)) {
        next++;
      }
      return next;
    }

    /** No more trouble: now everything has to get done. */
    private void finish() {
      for (int round = 0; round < 2000 && !isFinished(); round++) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          assign(partition);
        }
        rig.baton.settle();
        endOne();
        acknowledgeOne();
        rig.advance(Duration.ofMillis(50));
        check();
      }
      assertThat(isFinished())
          .as("stuck: %s, paused %s", rig.source.commitBlockers(), rig.source.paused())
          .isTrue();
      assertThat(scheduler.activeKeys()).isZero();
      rig.stop();
      assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
      assertThat(rig.baton.alive()).isZero();
    }

    private boolean isFinished() {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        if (rig.committed(partition) != RECORDS || !calls.isEmpty()) {
          return false;
        }
      }
      return true;
    }
  }
}
