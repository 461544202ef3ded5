package io.heddle.engine;

import java.time.Duration;

/** Refusals of what a user configured, that name the field, the rule and the value. */
final class Checks {
  private Checks() {}

  static void atLeast(long least, long value, String field) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, was %d".formatted(field, least, value));
    }
  }

  static void within(double least, double most, double value, String field) {
    // Not-a-number is within nothing.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be between %s and %s, was %s".formatted(field, least, most, value));
    }
  }

  static void positive(Duration value, String field) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("%s must be positive, was %s".formatted(field, value));
    }
    countable(value, field);
  }

  static void notNegative(Duration value, String field) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("%s must not be negative, was %s".formatted(field, value));
    }
    countable(value, field);
  }

  private static void countable(Duration value, String field) {
    // Deadlines are counted in nanoseconds; a hundred years leaves room for sums of them.
    if (value.toDays() > 36_500) {
      throw new IllegalArgumentException(
          "%s must be at most 36500 days, was %s".formatted(field, value));
    }
  }
}
