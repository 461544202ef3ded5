package io.heddle.scenarios.model;

/**
 * How long messages travel when nothing is wrong, in nanoseconds.
 *
 * @param request from a client to a broker
 * @param response back again
 */
public record Network(Distribution request, Distribution response) {
  /** From 0.1 to 1 ms either way. */
  public static final Network DEFAULT =
      new Network(
          new Distribution.Uniform(100_000, 1_000_000),
          new Distribution.Uniform(100_000, 1_000_000));
}
