package io.heddle.scenarios.model;

import java.util.List;

/**
 * The work on one record.
 *
 * @param service how long it takes, in nanoseconds
 * @param slow keys whose records take another time
 */
public record Handler(Distribution service, List<SlowKey> slow) {
  /** One millisecond for every record. */
  public static final Handler DEFAULT =
      new Handler(new Distribution.Constant(1_000_000), List.of());

  /** Copies the list; refuses a key that is listed twice. */
  public Handler {
    slow = List.copyOf(slow);
    Require.distinct("slow", slow.stream().map(SlowKey::key).toList());
  }

  /** The law of the service time of a key's records. */
  public Distribution serviceOf(String key) {
    return slow.stream()
        .filter(entry -> entry.key().equals(key))
        .map(SlowKey::service)
        .findFirst()
        .orElse(service);
  }

  /**
   * A key with a service time of its own.
   *
   * @param service in nanoseconds
   */
  public record SlowKey(String key, Distribution service) {
    /** Refuses a blank key. */
    public SlowKey {
      Require.name("key", key);
    }
  }
}
