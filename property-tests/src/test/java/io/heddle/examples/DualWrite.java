package io.heddle.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.engine.AsyncJobScheduler;
import io.heddle.engine.EngineRuntime;
import io.heddle.engine.EventContext;
import io.heddle.engine.EventSource;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.ExecutionState;
import io.heddle.engine.KafkaClients;
import io.heddle.engine.SchedulerConfig;
import io.heddle.engine.StoreConfig;
import io.heddle.engine.codec.Codecs;
import io.heddle.engine.store.KeyValueStore;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Moves from a database to a state store while both are written: two schedulers, one behind the
 * other. The first reads what the database knows of a key that is new here, and its finalizer seeds
 * the store, applies the event and tells another topic; the second writes each event back. Both
 * keep the order of each key, and an event is complete when it is through both.
 */
public final class DualWrite {
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
  private final KeyValueStore<String, String> texts;
  private final AsyncJobScheduler<String, Migration> migrations;
  private final AsyncJobScheduler<String, Notice> writes;

  /** An application, as this member, that migrates this database. */
  public DualWrite(KafkaClients clients, EngineRuntime runtime, String member, Database database) {
    this.database = database;
    source =
        new EventSource(
            EventSourceConfig.of("notices")
                .withExactlyOnce(ExactlyOnceConfig.of("dual-write", member)),
            clients,
            runtime);
    texts =
        KeyValueStore.inMemory(
            source,
            StoreConfig.of("texts", "notice-texts").withoutCreation(),
            Codecs.strings(),
            Codecs.strings());
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
    boolean known = texts.peek(context, notice.key()).isPresent();
    return migrations.schedule(context, notice.key(), new Migration(notice, known));
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
    String before = texts.get(context, key).orElse(migration.read);
    String after = before + "," + migration.notice.text();
    texts.put(context, key, after);
    context.forward(
        new ProducerRecord<>("notice-changes", key.getBytes(UTF_8), after.getBytes(UTF_8)));
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
