package io.heddle.planted.inside;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.SchedulerConfig;
import io.heddle.simulator.choice.Choices;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A member whose oldest records take long, so that much is complete behind them; it is killed and
 * comes back, and meanwhile something may have become of the metadata of its commits.
 */
final class Restarts implements Application {
  private static final String GROUP = "drill";

  /** One of the keys that few records have. */
  private static final String SLOW = "k6";

  private static final long SESSION_NANOS = 2_000_000_000;
  private static final int CHECKSUM = 4;

  /** What becomes of the metadata between two lives. */
  private enum Meanwhile {
    NOTHING,
    /** A byte of it is another one. */
    DAMAGE,
    /** It is that of another partition, and looks as if it belonged here. */
    TRANSPLANT
  }

  private final Meanwhile meanwhile;
  private final Choices.Stream draw;

  Restarts(DrillRun run) {
    this.draw = run.draw();
    this.meanwhile = Meanwhile.values()[(int) draw.below(Meanwhile.values().length)];
  }

  @Override
  public EventSourceConfig config(EventSourceConfig usual, Life life) {
    return usual.withCommitInterval(Duration.ofMillis(50));
  }

  @Override
  public void produce(DrillRun run, int count) {
    run.produce(3 * count);
  }

  @Override
  public void register(EventSource source, Life life) {
    AsyncJobScheduler<String, ConsumerRecord<byte[], byte[]>> scheduler =
        AsyncJobScheduler.blocking(
            source,
            (key, record) -> {
              life.observer().started(record, key);
              life.work(key.equals(SLOW) ? 600_000_000 : 10_000_000);
              life.observer().workEnded(record, key);
            },
            (context, key, record, failure) -> {
              life.observer().completed(record, key);
              return ExecutionState.COMPLETE;
            },
            new SchedulerConfig(16, 1_000, 1_000));
    var unused =
        source.registerDefault(
            record -> record,
            (context, record) ->
                scheduler.schedule(context, new String(record.key(), ISO_8859_1), record));
  }

  @Override
  public void trouble(DrillRun run) {
    run.single();
    run.at(400 + draw.below(600), () -> kill(run));
  }

  private void kill(DrillRun run) {
    run.crash("m1");
    // The group has to forget the dead member before anybody else can commit.
    run.at(
        run.kafka().simulation().nanoTime() / 1_000_000 + SESSION_NANOS / 1_000_000,
        () -> run.start(run.kafka().process("clerk"), () -> tamperAndRevive(run)));
  }

  private void tamperAndRevive(DrillRun run) {
    if (meanwhile != Meanwhile.NOTHING) {
      tamper(run);
    }
    run.start(run.kafka().restart("m1"));
  }

  private void tamper(DrillRun run) {
    Set<TopicPartition> partitions =
        new TreeSet<>(java.util.Comparator.comparing(TopicPartition::partition));
    for (int i = 0; i < DrillRun.PARTITIONS; i++) {
      partitions.add(new TopicPartition(DrillRun.TOPIC, i));
    }
    try (Consumer<byte[], byte[]> clerk =
        run.kafka().process("clerk").consumer(MemberSettings.consumer(GROUP))) {
      clerk.assign(partitions);
      Map<TopicPartition, OffsetAndMetadata> committed = clerk.committed(partitions);
      List<OffsetAndMetadata> told =
          partitions.stream()
              .map(committed::get)
              .filter(each -> each != null && !each.metadata().isEmpty())
              .toList();
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata own = committed.get(partition);
        if (own == null || told.isEmpty()) {
          continue;
        }
        OffsetAndMetadata other = told.get((int) draw.below(told.size()));
        String changed =
            meanwhile == Meanwhile.TRANSPLANT
                ? transplanted(other.metadata(), own.offset())
                : own.metadata().isEmpty() ? "" : damaged(own.metadata());
        clerk.commitSync(
            Map.of(partition, new OffsetAndMetadata(own.offset(), own.leaderEpoch(), changed)));
      }
    }
  }

  private String damaged(String metadata) {
    byte[] bytes = Base64.getDecoder().decode(metadata);
    int at = bytes.length - CHECKSUM - 1 - (int) draw.below(2);
    bytes[at] = (byte) (bytes[at] ^ 1 << draw.below(7));
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The check sum covers the offset too, so that this takes an intent. */
  private static String transplanted(String metadata, long offset) {
    byte[] bytes = Base64.getDecoder().decode(metadata);
    byte[] said = Arrays.copyOf(bytes, bytes.length - CHECKSUM);
    CRC32 sum = new CRC32();
    sum.update(said);
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(offset).flip());
    byte[] whole = ByteBuffer.allocate(bytes.length).put(said).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().withoutPadding().encodeToString(whole);
  }
}
