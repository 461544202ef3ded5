package io.heddle.scenarios.history;

import io.heddle.scenarios.file.Nearest;
import io.heddle.scenarios.history.HistoryParser.Wrong;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** The members of one line's JSON object. What is wrong with one of them is told in one line. */
final class Fields {
  private static final int SHOWN = 60;

  private final Map<String, Object> members;

  Fields(Map<String, Object> members) {
    this.members = members;
  }

  /** Which event this is, with all fields that it needs, and none that it does not have. */
  EventKind kind() {
    if (!has("event")) {
      throw new Wrong("event is missing");
    }
    String label = text("event");
    if (!EventKind.labels().contains(label)) {
      throw new Wrong(
          "event '%s' is not known; %s"
              .formatted(shown(label), Nearest.hint(label, EventKind.labels())));
    }
    EventKind kind = EventKind.labelled(label);
    for (String name : kind.required()) {
      if (!has(name)) {
        throw new Wrong("%s needs %s".formatted(label, name));
      }
    }
    for (String name : members.keySet()) {
      if (!kind.known().contains(name)) {
        throw new Wrong(
            "%s has no field '%s'; %s"
                .formatted(label, shown(name), Nearest.hint(name, kind.known())));
      }
    }
    return kind;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) {
    if (get(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a string");
  }

  String text(String name, String other) {
    return has(name) ? text(name) : other;
  }

  boolean flag(String name, boolean other) {
    if (!has(name)) {
      return other;
    }
    if (get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  BigDecimal number(String name) {
    if (get(name) instanceof BigDecimal number) {
      return number;
    }
    throw wrong(name, "a number");
  }

  /** An offset: 0 or more. */
  long offset(String name) {
    return offset(name, get(name));
  }

  List<Long> offsets(String name) {
    List<Long> offsets = new ArrayList<>();
    for (Object each : array(name)) {
      offsets.add(offset(name, each));
    }
    return offsets;
  }

  long integer(String name, long other) {
    return has(name) ? integer(name, get(name)) : other;
  }

  int integer(String name, int other) {
    long value = integer(name, (long) other);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw wrong(name, "a whole number of 32 bits");
    }
    return (int) value;
  }

  /** The member, and after a {@code '} which of its lives it is. */
  Member member() {
    return member("member");
  }

  Member member(String name) {
    String text = text(name);
    int quote = text.lastIndexOf('\'');
    if (quote > 0 && quote < text.length() - 1) {
      try {
        return new Member(text.substring(0, quote), Integer.parseInt(text.substring(quote + 1)));
      } catch (NumberFormatException notALife) {
        return named(name, text);
      } catch (IllegalArgumentException e) {
        throw wrong(name, "a name, with a life of 1 or more behind a '");
      }
    }
    return named(name, text);
  }

  private Member named(String name, String text) {
    if (text.isBlank()) {
      throw wrong(name, "a name");
    }
    return new Member(text, 1);
  }

  TopicPartition partition() {
    return partition("partition");
  }

  TopicPartition partition(String name) {
    return partition(name, get(name));
  }

  /** A partition, or a topic alone where its producer never knew more. */
  TopicPartition sentTo() {
    String text = text("partition");
    if (text.endsWith("--1")) {
      return new TopicPartition(text.substring(0, text.length() - 3), -1);
    }
    return partition();
  }

  List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Object each : array("partitions")) {
      partitions.add(partition("partitions", each));
    }
    return partitions;
  }

  /** An outcome by one of three names, for done, not done and unknown. */
  Fact.Outcome oneOf(String name, List<String> names) {
    String text = text(name);
    int index = names.indexOf(text);
    if (index < 0) {
      throw new Wrong(
          "%s '%s' is not known; %s".formatted(name, shown(text), Nearest.hint(text, names)));
    }
    return List.of(Fact.Outcome.OK, Fact.Outcome.FAILED, Fact.Outcome.UNKNOWN).get(index);
  }

  private List<?> array(String name) {
    if (get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "an array");
  }

  private Object get(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  private long offset(String name, Object value) {
    long offset = integer(name, value);
    if (offset < 0) {
      throw wrong(name, "0 or more");
    }
    return offset;
  }

  private long integer(String name, Object value) {
    if (value instanceof BigDecimal number) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException notWhole) {
        throw wrong(name, "a whole number of 64 bits");
      }
    }
    throw wrong(name, "a whole number");
  }

  private TopicPartition partition(String name, Object value) {
    if (value instanceof String text) {
      int dash = text.lastIndexOf('-');
      if (dash > 0 && text.substring(dash + 1).matches("[0-9]{1,9}")) {
        return new TopicPartition(
            text.substring(0, dash), Integer.parseInt(text.substring(dash + 1)));
      }
    }
    throw wrong(name, "TOPIC-NUMBER");
  }

  private Wrong wrong(String name, String rule) {
    return new Wrong(
        "%s must be %s, was %s".formatted(name, rule, shown(String.valueOf(members.get(name)))));
  }

  /** As much of a text as fits into a message, without what would end or garble its line. */
  static String shown(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cf}\\u2028\\u2029]", "?");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
