package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Arrival;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers, and numbers with units. */
final class Quantities {
  private static final Pattern QUANTITY =
      Pattern.compile("(-?)([0-9][0-9_]{0,40}(?:\\.[0-9]{1,400})?)([a-zA-Zµ%/]*)");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9][0-9_]{0,40}");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1L << 60);
  private static final Map<String, Long> NANOS = new LinkedHashMap<>();
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();
  private static final Map<String, Long> SECONDS = new LinkedHashMap<>();

  static {
    NANOS.put("ns", 1L);
    NANOS.put("us", 1_000L);
    NANOS.put("ms", 1_000_000L);
    NANOS.put("s", 1_000_000_000L);
    NANOS.put("m", 60_000_000_000L);
    NANOS.put("h", 3_600_000_000_000L);
    BYTES.put("B", 1L);
    BYTES.put("KB", 1L << 10);
    BYTES.put("MB", 1L << 20);
    BYTES.put("GB", 1L << 30);
    SECONDS.put("/s", 1L);
    SECONDS.put("/m", 60L);
    SECONDS.put("/h", 3_600L);
  }

  private Quantities() {}

  static Duration duration(Node node) {
    return Duration.ofNanos(nanos(node));
  }

  static long nanos(Node node) {
    return units(node, Values.scalar(node), "a duration", NANOS);
  }

  /** As {@link #nanos(Node)}, of a part of what the node says. */
  static long nanos(Node node, String text) {
    return units(node, text, "a duration", NANOS);
  }

  static long bytes(Node node) {
    return units(node, Values.scalar(node), "a size", BYTES);
  }

  /** Events per second. */
  static double rate(Node node) {
    Quantity quantity = quantity(node, Values.scalar(node), "a rate", SECONDS);
    double perSecond = quantity.number().doubleValue() / quantity.factor();
    if (!(perSecond > 0 && perSecond <= Arrival.FASTEST)) {
      throw node.fail("must be more than 0/s and at most 10000000/s, was " + node.kind());
    }
    return perSecond;
  }

  /** A share from 0 to 1, written as a percentage. */
  static double share(Node node) {
    Quantity quantity = quantity(node, Values.scalar(node), "a percentage", Map.of("%", 1L));
    if (quantity.number().compareTo(BigDecimal.valueOf(100)) > 0) {
      throw node.fail("must be at most 100%, was " + node.kind());
    }
    return quantity.number().movePointLeft(2).doubleValue();
  }

  static long whole(Node node) {
    if (!(node instanceof Node.Scalar scalar) || scalar.form() != Node.Form.NUMBER) {
      throw node.fail(
          "must be a whole number, was " + (isText(node) ? "the text " : "") + node.kind());
    }
    return whole(node, scalar.text());
  }

  /** As {@link #whole(Node)}, of a part of what the node says. */
  static long whole(Node node, String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw node.fail("must be a whole number, was " + ScenarioException.quoted(text));
    }
    String digits = text.replace("_", "");
    if (digits.length() > 1 && digits.startsWith("0")) {
      throw node.fail("must not start with 0, was " + ScenarioException.quoted(text));
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      throw node.fail(
          "must be at most " + Long.MAX_VALUE + ", was " + ScenarioException.quoted(text));
    }
  }

  /** A count that can be left out. */
  static OptionalInt optionalCount(Fields fields, String name) {
    return fields.find(name).map(Quantities::count).stream().mapToInt(each -> each).findFirst();
  }

  /** A whole number that fits into an {@code int}. */
  static int count(Node node) {
    long value = whole(node);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw node.fail("must be at most " + Integer.MAX_VALUE + ", was " + node.kind());
    }
    return (int) value;
  }

  static double number(Node node) {
    if (!(node instanceof Node.Scalar scalar)
        || scalar.form() != Node.Form.NUMBER
        || !QUANTITY.matcher(scalar.text()).matches()) {
      throw node.fail("must be a number, was " + (isText(node) ? "the text " : "") + node.kind());
    }
    return Double.parseDouble(scalar.text().replace("_", ""));
  }

  private static boolean isText(Node node) {
    return node instanceof Node.Scalar scalar && scalar.form() == Node.Form.TEXT;
  }

  private static long units(Node node, String text, String what, Map<String, Long> factors) {
    Quantity quantity = quantity(node, text, what, factors);
    BigDecimal value = quantity.number().multiply(BigDecimal.valueOf(quantity.factor()));
    if (value.compareTo(LARGEST) > 0) {
      throw node.fail("is too large, was " + ScenarioException.quoted(text));
    }
    try {
      return value.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
    } catch (ArithmeticException inexact) {
      throw node.fail(
          "must not be finer than 1"
              + factors.keySet().iterator().next()
              + ", was "
              + ScenarioException.quoted(text));
    }
  }

  private static Quantity quantity(Node node, String text, String what, Map<String, Long> factors) {
    String shown = ScenarioException.quoted(text);
    String units = String.join(", ", factors.keySet());
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      throw node.fail("must be " + what + " (a number and one of " + units + "), was " + shown);
    }
    String unit = matcher.group(3);
    if (unit.isEmpty()) {
      throw node.fail("must have a unit (" + units + "), was " + shown);
    }
    Long factor = factors.get(unit);
    if (factor == null) {
      throw node.fail(
          "must be "
              + what
              + ", but its unit "
              + ScenarioException.quoted(unit)
              + " is none of "
              + units
              + ", was "
              + shown);
    }
    if (!matcher.group(1).isEmpty()) {
      throw node.fail("must not be negative, was " + shown);
    }
    return new Quantity(new BigDecimal(matcher.group(2).replace("_", "")), factor);
  }

  /** A number and what its unit stands for. */
  private record Quantity(BigDecimal number, long factor) {}
}
