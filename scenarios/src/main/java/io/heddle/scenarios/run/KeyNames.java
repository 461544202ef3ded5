package io.heddle.scenarios.run;

import java.util.concurrent.ConcurrentHashMap;

/**
 * One object for each key of a member's records, and for the lane of its finalizer: they are made
 * once, and who judges finds by them what he knows without comparing letters. Thread-safe.
 */
final class KeyNames {
  /** Beyond so many each record has names of its own. */
  private static final int MOST = 100_000;

  // Only looked up.
  private final ConcurrentHashMap<String, Name> known = new ConcurrentHashMap<>();

  /** A key, and the lane of what finishes its records. */
  record Name(String key, String finalizer) {
    static Name of(String key) {
      return new Name(key, Lanes.finalizer(key));
    }
  }

  Name of(String key) {
    Name name = known.get(key);
    if (name != null) {
      return name;
    }
    return known.mappingCount() < MOST ? known.computeIfAbsent(key, Name::of) : Name.of(key);
  }
}
