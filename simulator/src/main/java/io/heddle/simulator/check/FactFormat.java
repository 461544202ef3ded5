package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes a fact as one line of fixed columns, so that two traces can be compared with {@code diff}
 * and read without a legend:
 *
 * <pre>
 *        ms member   event     partition@offset     key          details
 *     0.000 -        appended  orders-2@38          k7
 *     3.250 m1       assigned  orders-2             -            generation 4
 *     4.000 m1       started   orders-2@38          k7
 *     9.125 m1'2     assigned  *                    -            generation 5: orders-1, orders-2
 * </pre>
 *
 * <ol>
 *   <li>the time since the start of the run in milliseconds, cut to microseconds
 *   <li>the member, its incarnation after a {@code '} from the second life on
 *   <li>the event: appended, removed, truncated, pending, committed, assigned, revoking, revoked,
 *       lost, sought, crashed, started, ended, completed, healed, finished or stopped
 *   <li>partition and offset; a partition alone; {@code *} for any other number of partitions than
 *       one, which the details name
 *   <li>the key
 *   <li>details, as the event has them
 * </ol>
 *
 * <p>{@code -} stands where there is nothing to say. A column that is too narrow pushes the rest of
 * its line to the right. Control characters are written as {@code \\u} escapes.
 */
public final class FactFormat {
  private static final String NONE = "-";

  private FactFormat() {}

  /** Returns the names of the columns, aligned with the lines. */
  public static String header() {
    return columns("ms", "member", "event", "partition@offset", "key", "details");
  }

  /** Returns the line, without its end. */
  public static String line(Fact fact) {
    if (fact instanceof Fact.Started f) {
      return record(f, f.member().toString(), "started", f.partition(), f.offset(), f.key());
    } else if (fact instanceof Fact.Ended f) {
      return record(f, f.member().toString(), "ended", f.partition(), f.offset(), f.key());
    } else if (fact instanceof Fact.Completed f) {
      return record(f, f.member().toString(), "completed", f.partition(), f.offset(), f.key());
    } else if (fact instanceof Fact.Appended f) {
      return record(f, NONE, "appended", f.partition(), f.offset(), f.key());
    }
    return other(fact);
  }

  private static String other(Fact fact) {
    if (fact instanceof Fact.Committed f) {
      return at(f, f.member(), "committed", f.partition() + "@" + f.offset(), commit(f));
    } else if (fact instanceof Fact.CommitPending f) {
      String details = "group " + f.group() + " generation " + f.generation();
      return at(f, f.member(), "pending", f.partition() + "@" + f.offset(), details);
    } else if (fact instanceof Fact.Assigned f) {
      return owned(f, f.member(), "assigned", f.partitions(), "generation " + f.generation());
    } else if (fact instanceof Fact.RevokeStarted f) {
      return owned(f, f.member(), "revoking", f.partitions(), "");
    } else if (fact instanceof Fact.Revoked f) {
      return owned(f, f.member(), "revoked", f.partitions(), "");
    } else if (fact instanceof Fact.Lost f) {
      return owned(f, f.member(), "lost", f.partitions(), f.reason());
    } else if (fact instanceof Fact.Sought f) {
      return at(f, f.member(), "sought", f.partition() + "@" + f.offset(), "");
    } else if (fact instanceof Fact.Crashed f) {
      return at(f, f.member(), "crashed", NONE, "");
    } else if (fact instanceof Fact.Removed f) {
      String place = f.partition() + "@" + f.fromOffset();
      return columns(ms(f), NONE, "removed", place, NONE, "up to " + f.toOffset());
    } else if (fact instanceof Fact.Truncated f) {
      String place = f.partition() + "@" + f.endOffset();
      return columns(ms(f), NONE, "truncated", place, NONE, "");
    } else if (fact instanceof Fact.RunEnded f) {
      return columns(ms(f), NONE, f.finished() ? "finished" : "stopped", NONE, NONE, f.detail());
    }
    return columns(ms(fact), NONE, "healed", NONE, NONE, "");
  }

  private static String record(
      Fact fact, String member, String event, TopicPartition partition, long offset, String key) {
    return columns(ms(fact), member, event, partition + "@" + offset, key, "");
  }

  private static String at(Fact fact, Member member, String event, String place, String details) {
    return columns(ms(fact), member.toString(), event, place, NONE, details);
  }

  private static String owned(
      Fact fact, Member member, String event, List<TopicPartition> partitions, String details) {
    if (partitions.size() == 1) {
      return at(fact, member, event, partitions.get(0).toString(), details);
    }
    String names =
        partitions.stream().map(TopicPartition::toString).collect(Collectors.joining(", "));
    return at(fact, member, event, "*", details.isEmpty() ? names : details + ": " + names);
  }

  private static String commit(Fact.Committed fact) {
    return "group "
        + fact.group()
        + " generation "
        + fact.generation()
        + (fact.leaderEpoch() < 0 ? "" : " leader epoch " + fact.leaderEpoch())
        + (fact.metadata().isEmpty() ? "" : " metadata " + fact.metadata());
  }

  private static String ms(Fact fact) {
    long micros = fact.atNanos() / 1_000;
    String fraction = Long.toString(1_000 + micros % 1_000);
    return micros / 1_000 + "." + fraction.substring(1);
  }

  private static String columns(
      String ms, String member, String event, String place, String key, String details) {
    StringBuilder line = new StringBuilder(80);
    line.append(" ".repeat(Math.max(0, 12 - ms.length()))).append(ms);
    column(line, member, 8);
    column(line, event, 9);
    column(line, place, 20);
    column(line, key.isEmpty() ? "''" : key, 12);
    column(line, details, 0);
    return line.toString().stripTrailing();
  }

  private static void column(StringBuilder line, String text, int width) {
    line.append(' ');
    int begin = line.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        line.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        line.append(c);
      }
    }
    line.append(" ".repeat(Math.max(0, width - (line.length() - begin))));
  }
}
