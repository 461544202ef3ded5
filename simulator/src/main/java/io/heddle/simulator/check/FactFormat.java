package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
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
 *       lost, regained, sought, crashed, started, ended, completed, visible, healed, finished or
 *       stopped; of a client: sent, polled, moved, offset, committing, aborting or transaction
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
  private static final int PAGE = 80;
  private static final int[] WIDTHS = {12, 8, 9, 20, 12};
  private static final Row HEADER =
      columns("ms", "member", "event", "partition@offset", "key", "details");

  private FactFormat() {}

  /** Returns the names of the columns, aligned with the lines. */
  public static String header() {
    return HEADER.text(WIDTHS);
  }

  /** Returns the line, without its end. */
  public static String line(Fact fact) {
    return row(fact).text(WIDTHS);
  }

  /**
   * Returns these facts below the names of the columns, which are as narrow as the facts allow: for
   * people, who look at a few of them. What would go beyond {@value #PAGE} characters goes on in
   * the next line.
   */
  public static List<String> table(List<Fact> facts) {
    List<Row> rows = new ArrayList<>();
    rows.add(HEADER);
    facts.forEach(fact -> rows.add(row(fact)));
    int[] widths = new int[WIDTHS.length];
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.addAll(wrapped(row.text(widths), row.details().length())));
    return lines;
  }

  /** Breaks a line in the details with which it ends. */
  private static List<String> wrapped(String line, int details) {
    List<String> lines = new ArrayList<>();
    String margin = " ".repeat(line.length() - details);
    String rest = line;
    int end = rest.lastIndexOf(' ', PAGE);
    while (rest.length() > PAGE && end > margin.length()) {
      lines.add(rest.substring(0, end));
      rest = margin + rest.substring(end + 1);
      end = rest.lastIndexOf(' ', PAGE);
    }
    lines.add(rest);
    return lines;
  }

  private static Row row(Fact fact) {
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

  private static Row other(Fact fact) {
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
    } else if (fact instanceof Fact.Regained f) {
      return owned(f, f.member(), "regained", f.partitions(), "");
    } else if (fact instanceof Fact.Replaced f) {
      String details = "by " + f.successor() + ", generation " + f.generation();
      return at(f, f.member(), "replaced", NONE, details);
    } else if (fact instanceof Fact.Sought f) {
      return at(f, f.member(), "sought", f.partition() + "@" + f.offset(), "");
    } else if (fact instanceof Fact.Crashed f) {
      return at(f, f.member(), "crashed", NONE, "");
    } else if (fact instanceof Fact.Removed f) {
      String place = f.partition() + "@" + f.fromOffset();
      return columns(ms(f), NONE, "removed", place, NONE, "up to " + f.toOffset());
    } else if (fact instanceof Fact.Truncated f) {
      String place = f.partition() + "@" + f.endOffset();
      String epoch = f.leaderEpoch() < 0 ? "" : "leader epoch " + f.leaderEpoch();
      String details = f.deletion() ? "topic deleted" : epoch;
      return columns(ms(f), NONE, "truncated", place, NONE, details);
    } else if (fact instanceof Fact.Visible f) {
      String place = f.partition() + "@" + f.offset();
      return columns(
          ms(f), NONE, "visible", place, NONE, "of " + f.input() + "@" + f.inputOffset());
    } else if (fact instanceof Fact.Stored f) {
      String made = "of " + f.offsets().size() + " records";
      return columns(ms(f), NONE, "stored", f.input().toString(), f.key(), made);
    } else if (fact instanceof Fact.RunEnded f) {
      return columns(ms(f), NONE, f.finished() ? "finished" : "stopped", NONE, NONE, f.detail());
    }
    return fact instanceof Fact.OfClient ofClient
        ? client(ofClient)
        : columns(ms(fact), NONE, "healed", NONE, NONE, "");
  }

  private static Row client(Fact.OfClient fact) {
    Member member = fact.member();
    if (fact instanceof Fact.Sent f) {
      String offset = f.offset() < 0 ? "" : "@" + f.offset();
      String details = "value " + f.value() + in(f.transaction()) + outcome(f.outcome());
      return at(f, member, "sent", f.partition() + offset, details);
    } else if (fact instanceof Fact.Polled f) {
      String isolation = f.committedOnly() ? "" : " uncommitted too";
      String details = "value " + f.value() + in(f.transaction()) + isolation;
      return at(f, member, "polled", f.partition() + "@" + f.offset(), details);
    } else if (fact instanceof Fact.Moved f) {
      return at(f, member, "moved", f.partition().toString(), "");
    } else if (fact instanceof Fact.OffsetSent f) {
      String details = "group " + f.group() + in(f.transaction());
      return at(f, member, "offset", f.partition() + "@" + f.offset(), details);
    } else if (fact instanceof Fact.TransactionEnding f) {
      return at(f, member, f.commit() ? "committing" : "aborting", NONE, f.transaction());
    } else if (fact instanceof Fact.TransactionEnded f) {
      String what =
          switch (f.outcome()) {
            case OK -> "committed";
            case FAILED -> "aborted";
            case UNKNOWN -> "outcome unknown";
          };
      return at(f, member, "transaction", NONE, f.transaction() + " " + what);
    }
    throw new AssertionError("unknown fact " + fact);
  }

  private static String in(String transaction) {
    return transaction.isEmpty() ? "" : " in " + transaction;
  }

  private static String outcome(Fact.Outcome outcome) {
    return switch (outcome) {
      case OK -> "";
      case FAILED -> " failed";
      case UNKNOWN -> " outcome unknown";
    };
  }

  private static Row record(
      Fact fact, String member, String event, TopicPartition partition, long offset, String key) {
    return columns(ms(fact), member, event, partition + "@" + offset, key, "");
  }

  private static Row at(Fact fact, Member member, String event, String place, String details) {
    return columns(ms(fact), member.toString(), event, place, NONE, details);
  }

  private static Row owned(
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
        + (fact.metadata().isEmpty() ? "" : " metadata " + fact.metadata())
        + (fact.givenUp() ? " given up" : "");
  }

  private static String ms(Fact fact) {
    long micros = fact.atNanos() / 1_000;
    String fraction = Long.toString(1_000 + micros % 1_000);
    return micros / 1_000 + "." + fraction.substring(1);
  }

  private static Row columns(
      String ms, String member, String event, String place, String key, String details) {
    return new Row(
        List.of(
            ms, printable(member), event, printable(place), key.isEmpty() ? "''" : printable(key)),
        printable(details));
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        printable.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        printable.append(c);
      }
    }
    return printable.toString();
  }

  /** The columns of a line, the last of which has no width. */
  private record Row(List<String> cells, String details) {
    String text(int[] widths) {
      StringBuilder line = new StringBuilder(PAGE);
      String ms = cells.get(0);
      line.append(" ".repeat(Math.max(0, widths[0] - ms.length()))).append(ms);
      for (int i = 1; i < widths.length; i++) {
        String cell = cells.get(i);
        line.append(' ').append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.length())));
      }
      return line.append(' ').append(details).toString().stripTrailing();
    }
  }
}
