package io.heddle.scenarios.model;

import java.util.List;

/**
 * The work on one record.
 *
 * @param service how long it takes, in nanoseconds
 * @param slow keys whose records take another time
 * @param errors the share of attempts that fail once their time is up, and are made again; less
 *     than 1
 * @param undecodable the share of records that the application cannot decode, however often it is
 *     tried
 */
public record Handler(Distribution service, List<SlowKey> slow, double errors, double undecodable) {
  /** One millisecond for every record. */
  public static final Handler DEFAULT =
      new Handler(new Distribution.Constant(1_000_000), List.of());

  /** Copies the list; refuses a key that is listed twice. */
  public Handler {
    slow = List.copyOf(slow);
    Require.distinct("slow", slow.stream().map(SlowKey::key).toList());
    Require.that(
        errors >= 0 && errors <= 0.5,
        "errors must be at most 50%, was " + Units.formatShare(errors));
    Require.that(
        undecodable >= 0 && undecodable <= 0.5,
        "undecodable must be at most 50%, was " + Units.formatShare(undecodable));
  }

  /** Work on records that can all be decoded. */
  public Handler(Distribution service, List<SlowKey> slow, double errors) {
    this(service, slow, errors, 0);
  }

  /** Work that does not fail. */
  public Handler(Distribution service, List<SlowKey> slow) {
    this(service, slow, 0);
  }

  /** The same with another law. */
  public Handler withService(Distribution value) {
    return new Handler(value, slow, errors, undecodable);
  }

  /** The same with other slow keys. */
  public Handler withSlow(List<SlowKey> value) {
    return new Handler(service, value, errors, undecodable);
  }

  /** The same with another share of attempts that fail. */
  public Handler withErrors(double value) {
    return new Handler(service, slow, value, undecodable);
  }

  /** The same with another share of records that cannot be decoded. */
  public Handler withUndecodable(double value) {
    return new Handler(service, slow, errors, value);
  }

  /** The law of the service time of a key's records. */
  public Distribution serviceOf(String key) {
    for (SlowKey each : slow) {
      if (each.key().equals(key)) {
        return each.service();
      }
    }
    return service;
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
