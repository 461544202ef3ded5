package io.heddle.examples;

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
import org.jspecify.annotations.Nullable;

/**
 * Moves what a database knows into a state store, key by key as events come. A key that is new here
 * is read from the database by the processor; the finalizer seeds the store with that and applies
 * the event. All events of a key go that way, also those that need nothing from the database: the
 * store's entry is touched in the finalizer alone, in the order of the key.
 */
public final class MigrateFromDatabase {
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
  private final AsyncJobScheduler<String, Migration> scheduler;

  /** An application, as this member, that leaves this database behind. */
  public MigrateFromDatabase(
      KafkaClients clients, EngineRuntime runtime, String member, Database database) {
    this.database = database;
    source =
        new EventSource(
            EventSourceConfig.of("notices")
                .withExactlyOnce(ExactlyOnceConfig.of("migrate", member)),
            clients,
            runtime);
    texts =
        KeyValueStore.inMemory(
            source,
            StoreConfig.of("texts", "notice-texts").withoutCreation(),
            Codecs.strings(),
            Codecs.strings());
    scheduler =
        AsyncJobScheduler.blocking(
            source, this::migrate, this::finalizeEvent, SchedulerConfig.wideNetwork());
    source.register("notice", Notice::decode, this::handleEvent);
  }

  /** The source, to start and to close. */
  public EventSource source() {
    return source;
  }

  private ExecutionState handleEvent(EventContext context, Notice notice) {
    // Only a hint: events of the key that are on their way may seed the store before this one.
    boolean known = texts.peek(context, notice.key()).isPresent();
    return scheduler.schedule(context, notice.key(), new Migration(notice, known));
  }

  private void migrate(String key, Migration migration) throws InterruptedException {
    if (!migration.known) {
      migration.read = database.read(key);
    }
  }

  private ExecutionState finalizeEvent(
      EventContext context, String key, Migration migration, @Nullable Exception failure)
      throws Exception {
    if (failure != null) {
      throw failure;
    }
    String before = texts.get(context, key).orElse(migration.read);
    texts.put(context, key, before + "," + migration.notice.text());
    return ExecutionState.COMPLETE;
  }
}
