package io.heddle.engine.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SchedulerConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Moves from a database to Kafka while both are written: two schedulers, one behind the other. The
 * first reads what the database knows of a key that is new here, the second writes each event back.
 * Both keep the order of each key, and an event is complete when it is through both.
 */
public final class DualWrite {
  /** The database, whose calls may block. */
  public interface Database {
    /** What it knows of a key. */
    String read(String key) throws InterruptedException;

    /** Stores the latest text of a key. */
    void write(String key, String text) throws InterruptedException;
  }

  /** An event, and what the database said if it was asked. */
  private static final class Migration {
    private final Notice notice;
    private final boolean known;
    private String read = "";

    Migration(Notice notice, boolean known) {
      this.notice = notice;
      this.known = known;
    }
  }

  private final EventSource source;
  private final Database database;
  private final AsyncJobScheduler<String, Migration> migrations;
  private final AsyncJobScheduler<String, Notice> writes;
  // Keys of different partitions differ, and a partition's are touched on its strand only.
  private final Map<String, String> seeds = new ConcurrentHashMap<>();

  /** An application that migrates this database. */
  public DualWrite(KafkaClients clients, EngineRuntime runtime, Database database) {
    this.database = database;
    source = new EventSource(EventSourceConfig.of("notices"), clients, runtime);
    migrations =
        AsyncJobScheduler.blocking(
            source, this::migrate, this::finalizeMigration, SchedulerConfig.wideNetwork());
    writes =
        AsyncJobScheduler.blocking(
            source,
            (key, notice) -> database.write(key, notice.text()),
            this::finalizeWrite,
            SchedulerConfig.wideNetwork());
    source.register("notice", Notice::decode, this::handleEvent);
  }

  /** The source, to start and to close. */
  public EventSource source() {
    return source;
  }

  private ExecutionState handleEvent(EventContext context, Notice notice) {
    Migration migration = new Migration(notice, seeds.containsKey(notice.key()));
    return migrations.schedule(context, notice.key(), migration);
  }

  private void migrate(String key, Migration migration) throws InterruptedException {
    if (!migration.known) {
      migration.read = database.read(key);
    }
  }

  private ExecutionState finalizeMigration(
      EventContext context, String key, Migration migration, @Nullable Exception failure)
      throws Exception {
    if (failure != null) {
      throw failure;
    }
    // Asked again: several events of a new key may have been on their way to the database at once.
    if (!migration.known && seeds.putIfAbsent(key, migration.read) == null) {
      context.forward(
          new ProducerRecord<>("seeds", key.getBytes(UTF_8), migration.read.getBytes(UTF_8)));
    }
    return writes.schedule(context, key, migration.notice);
  }

  private ExecutionState finalizeWrite(
      EventContext context, String key, Notice notice, @Nullable Exception failure)
      throws Exception {
    if (failure != null) {
      throw failure;
    }
    return ExecutionState.COMPLETE;
  }
}
