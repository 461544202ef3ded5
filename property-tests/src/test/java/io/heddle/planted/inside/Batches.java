package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncBatcher;
import io.heddle.engine.BatchItem;
import io.heddle.engine.BatchItems;
import io.heddle.engine.BatcherConfig;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.ExecutionState;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Items of many events in batches that sometimes fail. */
final class Batches implements Application {
  private static final long LONGEST_NANOS = 10_000_000;

  /** One item on its way. */
  private static final class Entry {
    private final Tenure tenure;
    private final String key;
    private final long number;
    private boolean executed;
    private boolean failed;

    Entry(Tenure tenure, String key, long number) {
      this.tenure = tenure;
      this.key = key;
      this.number = number;
    }
  }

  /** The batches of one member. */
  private final class Member {
    private final Life life;
    private final Map<String, Integer> running = new TreeMap<>();
    private int batches;

    Member(Life life) {
      this.life = life;
    }

    void begin(List<BatchItem<Key, Entry>> items) {
      batches++;
      Rules rules = life.rules();
      rules.check(batches <= config.maxConcurrentBatches(), "batch-limits", batches + " batches");
      rules.check(
          items.size() <= config.maxBatchSize() && !items.isEmpty(),
          "batch-limits",
          "a batch of " + items.size());
      for (String key : keys(items)) {
        int now = running.merge(key, 1, Integer::sum);
        rules.check(now == 1, "batch-exclusive", "key " + key + " is in " + now + " batches");
      }
      for (BatchItem<Key, Entry> item : items) {
        Entry entry = item.value();
        entry.tenure.called("a batch");
        entry.tenure.inOrder("items", entry.key, entry.number);
        rules.check(!entry.executed, "batch-once", "an item was executed twice");
        entry.executed = true;
      }
    }

    void end(List<BatchItem<Key, Entry>> items, boolean failed) {
      batches--;
      keys(items).forEach(key -> running.merge(key, -1, Integer::sum));
      items.forEach(item -> item.value().failed = failed);
    }

    private List<String> keys(List<BatchItem<Key, Entry>> items) {
      return items.stream().map(item -> item.value().key).distinct().toList();
    }

    void blocking(List<BatchItem<Key, Entry>> items) {
      begin(items);
      life.work(LONGEST_NANOS);
      boolean fails = life.work().chance(failures);
      end(items, fails);
      if (fails) {
        throw new IllegalStateException("the batch failed");
      }
    }

    CompletionStage<?> asynchronous(List<BatchItem<Key, Entry>> items) {
      begin(items);
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      life.later(
          LONGEST_NANOS,
          () -> {
            boolean fails = life.work().chance(failures);
            end(items, fails);
            boolean unused =
                fails
                    ? done.completeExceptionally(new IllegalStateException("the batch failed"))
                    : done.complete(true);
          });
      return done;
    }

    ExecutionState handle(
        AsyncBatcher<Key, Entry> batcher,
        EventContext context,
        ConsumerRecord<byte[], byte[]> record) {
      Tenure tenure = life.tenure(record);
      tenure.called("the handler");
      String key = new String(record.key(), UTF_8);
      BatchItems<Key, Entry> items =
          new BatchItems<>(
              context, life.key(key), (same, over) -> callback(tenure, key, record, over));
      List<Entry> entries = new ArrayList<>();
      long count = life.work().below(largest + 1);
      for (long i = 0; i < count; i++) {
        String other = life.work().chance(0.2) ? "k" + life.work().below(8) : key;
        Entry entry = new Entry(tenure, other, record.offset() * 100 + i);
        entries.add(entry);
        items.addWithKey(life.key(other), List.of(entry));
      }
      items.withUserData(entries);
      return batcher.add(items);
    }

    private ExecutionState callback(
        Tenure tenure, String key, ConsumerRecord<?, ?> record, BatchItems<Key, Entry> items) {
      tenure.finishes("a batch callback", life.now());
      tenure.inOrder("callback", key, record.offset());
      for (BatchItem<Key, Entry> item : items.items()) {
        Entry entry = item.value();
        life.rules()
            .check(entry.executed, "batch-callback", "it came before the last item was executed");
        life.rules()
            .check(
                item.error().isPresent() == entry.failed,
                "batch-errors",
                "an item whose batch " + (entry.failed ? "failed" : "succeeded") + " says else");
      }
      life.observer().completed(record, key);
      return ExecutionState.COMPLETE;
    }
  }

  private final BatcherConfig config;
  private final boolean blocking;
  private final double failures;
  private final long largest;

  Batches(DrillRun run) {
    Choices.Stream draw = run.draw();
    this.config =
        new BatcherConfig(
            1 + (int) draw.below(6),
            1 + (int) draw.below(3),
            Duration.ofMillis(new long[] {0, 5, 40}[(int) draw.below(3)]),
            draw.chance(0.5) ? 8 : 10_000);
    this.blocking = draw.chance(0.5);
    this.failures = run.isCalm() ? 0 : draw.chance(0.7) ? 0.15 : 0;
    this.largest = 1 + draw.below(8);
  }

  @Override
  public void register(EventSource source, Life life) {
    Member member = new Member(life);
    AsyncBatcher<Key, Entry> batcher =
        blocking
            ? AsyncBatcher.blocking(source, member::blocking, config)
            : AsyncBatcher.asynchronous(source, member::asynchronous, config);
    var unused =
        source.registerDefault(
            record -> record, (context, record) -> member.handle(batcher, context, record));
  }
}
