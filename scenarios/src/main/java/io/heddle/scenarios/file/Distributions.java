package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Distribution;
import io.heddle.scenarios.model.Units;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Reads and writes distributions; the unit decides whether of durations or of sizes. */
final class Distributions {
  private Distributions() {}

  /** What the numbers of a distribution stand for. */
  record Unit(Table laws, ToLongFunction<Node> reader, LongFunction<String> writer) {
    static final Unit NANOS =
        new Unit(Tables.law(Shapes.duration()), Quantities::nanos, Units::formatNanos);
    static final Unit BYTES =
        new Unit(Tables.law(Shapes.bytes()), Quantities::bytes, Units::formatBytes);
  }

  static Distribution nanos(Node node) {
    return read(node, Unit.NANOS);
  }

  static Distribution bytes(Node node) {
    return read(node, Unit.BYTES);
  }

  static Distribution read(Node node, Unit unit) {
    if (node instanceof Node.Scalar) {
      return new Distribution.Constant(unit.reader.applyAsLong(node));
    }
    Node.Entry law = Fields.of(node, unit.laws).one(unit.laws.names());
    Node value = law.value();
    return switch (law.key()) {
      case "constant" -> new Distribution.Constant(unit.reader.applyAsLong(value));
      case "uniform" -> uniform(value, unit);
      case "exponential" ->
          Values.make(node, () -> new Distribution.Exponential(unit.reader.applyAsLong(value)));
      default -> logNormal(node, value, unit);
    };
  }

  static String write(Distribution distribution, Unit unit) {
    if (distribution instanceof Distribution.Constant constant) {
      return unit.writer.apply(constant.value());
    }
    if (distribution instanceof Distribution.Uniform uniform) {
      return "{uniform: ["
          + unit.writer.apply(uniform.min())
          + ", "
          + unit.writer.apply(uniform.max())
          + "]}";
    }
    if (distribution instanceof Distribution.Exponential exponential) {
      return "{exponential: " + unit.writer.apply(exponential.mean()) + "}";
    }
    if (distribution instanceof Distribution.LogNormal logNormal) {
      return "{lognormal: ["
          + unit.writer.apply(logNormal.median())
          + ", "
          + Units.formatNumber(logNormal.sigma())
          + "]}";
    }
    throw new AssertionError("a distribution that cannot be written: " + distribution);
  }

  private static Distribution uniform(Node node, Unit unit) {
    List<Node> bounds = pair(node, "the smallest and the largest value");
    long min = unit.reader.applyAsLong(bounds.get(0));
    long max = unit.reader.applyAsLong(bounds.get(1));
    if (min > max) {
      throw node.fail(
          "must not start above its end, was ["
              + unit.writer.apply(min)
              + ", "
              + unit.writer.apply(max)
              + "]");
    }
    return new Distribution.Uniform(min, max);
  }

  private static Distribution logNormal(Node node, Node value, Unit unit) {
    List<Node> parts = pair(value, "the median and sigma");
    long median = unit.reader.applyAsLong(parts.get(0));
    double sigma = Quantities.number(parts.get(1));
    return Values.make(node, () -> new Distribution.LogNormal(median, sigma));
  }

  /** A list of exactly two. */
  static List<Node> pair(Node node, String what) {
    List<Node> items = Values.list(node, item -> item);
    if (items.size() != 2) {
      throw node.fail("must be a list of two, " + what + ", but has " + items.size());
    }
    return items;
  }
}
