package io.heddle.scenarios.model;

import java.util.Collections;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A store that keeps, for each key, which of its records have been applied; with exactly-once
 * delivery each is applied without a look, otherwise only if it is new.
 *
 * @param changeLog the topic of its changes
 * @param home where a member keeps it
 * @param create whether the members make the change log, rather than the runner beforehand
 * @param replication how many replicas the change log has; else as many as the brokers' default
 * @param config settings of the change log by Kafka's names, in alphabetical order
 * @param guard whether the engine refuses accesses to an entry that are out of order
 */
public record Store(
    String changeLog,
    Home home,
    boolean create,
    OptionalInt replication,
    SortedMap<String, String> config,
    boolean guard) {
  private static final String CLEANUP = "cleanup.policy";

  /** Refuses what is no topic, and a change log that would lose changes. */
  public Store {
    Require.name("change-log", changeLog);
    replication.ifPresent(count -> Require.between("replication", count, 1, Short.MAX_VALUE));
    config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    config.forEach(Store::check);
  }

  private static void check(String name, String value) {
    Require.that(
        !name.equals(CLEANUP),
        "config." + CLEANUP + " must not be given: a change log is compacted, was " + value);
    Topic.check(name, value);
  }

  /** In memory, guarded, with a change log that the runner makes. */
  public static Store of(String changeLog) {
    return new Store(changeLog, Home.MEMORY, false, OptionalInt.empty(), new TreeMap<>(), true);
  }

  /** The same, kept elsewhere. */
  public Store on(Home value) {
    return new Store(changeLog, value, create, replication, config, guard);
  }

  /** The same with other settings of the change log. */
  public Store withConfig(SortedMap<String, String> settings) {
    return new Store(changeLog, home, create, replication, settings, guard);
  }

  /** The same with a change log that the runner makes. */
  public Store withoutCreation() {
    return new Store(changeLog, home, false, replication, config, guard);
  }

  /** The same with as many replicas of its change log as the brokers' default. */
  public Store withoutReplication() {
    return new Store(changeLog, home, create, OptionalInt.empty(), config, guard);
  }

  /** The same, refusing accesses that are out of order. */
  public Store withGuard() {
    return new Store(changeLog, home, create, replication, config, true);
  }

  /** Where a member keeps its store. */
  public enum Home {
    /** In memory: it is made again of the whole change log at each assignment. */
    MEMORY,
    /** On a disk that outlives the member's process: only what is new is read again. */
    DISK;

    /** The name in files: {@code memory}, {@code disk}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
