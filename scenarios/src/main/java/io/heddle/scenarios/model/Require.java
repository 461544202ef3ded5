package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The checks of the model's constructors; each message names the field, the rule and the value. */
final class Require {
  private static final int LONGEST_TEXT = 10_000;
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,248}");

  private Require() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void between(String field, long value, long least, long most) {
    that(value >= least, field + " must be at least " + least + ", was " + value);
    that(value <= most, field + " must be at most " + most + ", was " + value);
  }

  static void notNegative(String field, Duration value) {
    that(!value.isNegative(), field + " must not be negative, was " + Units.format(value));
    that(
        value.compareTo(LONGEST) <= 0,
        field + " must be at most 8760h, was " + Units.format(value));
  }

  static void positive(String field, Duration value) {
    notNegative(field, value);
    that(!value.isZero(), field + " must be more than 0, was " + Units.format(value));
  }

  static void name(String field, String value) {
    that(
        NAME.matcher(value).matches(),
        field
            + " must be 1 to 249 letters, digits, '.', '_' or '-', starting with a letter or digit,"
            + " was '"
            + value
            + "'");
  }

  static void line(String field, String value) {
    text(field, value);
    that(value.indexOf('\n') < 0, field + " must be one line, but has more");
  }

  static void text(String field, String value) {
    that(
        value.length() <= LONGEST_TEXT,
        field + " must have at most " + LONGEST_TEXT + " characters, has " + value.length());
    value
        .codePoints()
        .filter(c -> c != '\n' && (Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)))
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  field + " must be text, but has the character U+" + String.format("%04X", c));
            });
  }

  static void distinct(String field, Collection<String> values) {
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      that(seen.add(value), field + " must not name anything twice, but has '" + value + "' twice");
    }
  }
}
