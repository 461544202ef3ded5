package io.heddle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.history.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Writes down a history, one fact a millisecond, and has it judged. */
final class History {
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, Long> numbers = new TreeMap<>();
  private long now;

  static Member member(String name) {
    int quote = name.indexOf('\'');
    return quote < 0
        ? new Member(name, 1)
        : new Member(name.substring(0, quote), Integer.parseInt(name.substring(quote + 1)));
  }

  static TopicPartition partition(String name) {
    int dash = name.lastIndexOf('-');
    return new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
  }

  private static List<TopicPartition> partitions(String... names) {
    return Arrays.stream(names).map(History::partition).toList();
  }

  History add(Fact fact) {
    facts.add(fact);
    return this;
  }

  private long next() {
    now += 1_000_000;
    return now;
  }

  /** Lets time pass. */
  History pause(long millis) {
    now += millis * 1_000_000;
    return this;
  }

  History appended(String partition, long... offsets) {
    for (long offset : offsets) {
      add(new Fact.Appended(next(), partition(partition), offset, "k7"));
    }
    return this;
  }

  History appended(String partition, long offset, Stamp stamp) {
    return add(new Fact.Appended(next(), partition(partition), offset, "k7", stamp));
  }

  History removed(String partition, long from, long to) {
    return add(new Fact.Removed(next(), partition(partition), from, to));
  }

  History truncated(String partition, long end) {
    return add(new Fact.Truncated(next(), partition(partition), end));
  }

  History truncatedInEpoch(String partition, long end, int leaderEpoch) {
    return add(new Fact.Truncated(next(), partition(partition), end, leaderEpoch));
  }

  History deleted(String partition) {
    return add(Fact.Truncated.deletion(next(), partition(partition)));
  }

  History committedInEpoch(String member, String partition, long offset, int leaderEpoch) {
    return add(
        new Fact.Committed(
            next(), "g", member(member), 1, partition(partition), offset, leaderEpoch, ""));
  }

  History committed(String member, String partition, long offset) {
    return committed(member, partition, offset, "");
  }

  History committed(String member, String partition, long offset, String metadata) {
    return add(
        new Fact.Committed(
            next(), "g", member(member), 1, partition(partition), offset, -1, metadata));
  }

  History committedIn(int generation, String member, String partition, long offset) {
    return add(
        new Fact.Committed(
            next(), "g", member(member), generation, partition(partition), offset, -1, ""));
  }

  /** A commit whose client had broken the connection off. */
  History committedLate(String member, String partition, long offset) {
    return add(
        new Fact.Committed(
            next(), "g", member(member), 1, partition(partition), offset, -1, "", true));
  }

  History pending(String member, String partition, long offset) {
    return add(
        new Fact.CommitPending(next(), "g", member(member), 1, partition(partition), offset));
  }

  History pendingIn(int generation, String member, String partition, long offset) {
    return add(
        new Fact.CommitPending(
            next(), "g", member(member), generation, partition(partition), offset));
  }

  History committedAsNobody(String member, String partition, long offset) {
    return add(
        new Fact.Committed(next(), "g", member(member), -1, partition(partition), offset, -1, ""));
  }

  History assignedIn(int generation, String member, String partition) {
    return add(
        new Fact.Assigned(next(), member(member), generation, List.of(partition(partition))));
  }

  History assigned(String member, String... partitions) {
    return add(new Fact.Assigned(next(), member(member), 1, partitions(partitions)));
  }

  History revoking(String member, String... partitions) {
    return add(new Fact.RevokeStarted(next(), member(member), partitions(partitions)));
  }

  History revoked(String member, String... partitions) {
    return add(new Fact.Revoked(next(), member(member), partitions(partitions)));
  }

  History lost(String member, String reason, String... partitions) {
    return add(new Fact.Lost(next(), member(member), partitions(partitions), reason));
  }

  History removed(String member, int generation, String... partitions) {
    return add(
        Fact.Lost.decided(next(), member(member), partitions(partitions), "fenced", generation));
  }

  /** The member says that it has lost them. */
  History gaveUp(String member, String reason, String... partitions) {
    return add(Fact.Lost.told(next(), member(member), partitions(partitions), reason));
  }

  History regained(String member, String... partitions) {
    return add(new Fact.Regained(next(), member(member), partitions(partitions)));
  }

  /** The successor has the member's place in the group, in the same generation. */
  History replaced(String member, String successor, int generation) {
    return add(new Fact.Replaced(next(), member(member), member(successor), generation));
  }

  History sought(String member, String partition, long offset) {
    return add(new Fact.Sought(next(), member(member), partition(partition), offset));
  }

  History crashed(String member) {
    return add(new Fact.Crashed(next(), member(member)));
  }

  History started(String member, String partition, long offset, String key) {
    return add(new Fact.Started(next(), member(member), partition(partition), offset, key));
  }

  History started(String member, String partition, long offset, String key, Stamp stamp) {
    return add(new Fact.Started(next(), member(member), partition(partition), offset, key, stamp));
  }

  History ended(String member, String partition, long offset, String key) {
    return add(new Fact.Ended(next(), member(member), partition(partition), offset, key));
  }

  History completed(String member, String partition, long offset, String key) {
    return add(new Fact.Completed(next(), member(member), partition(partition), offset, key));
  }

  History completed(String member, String partition, long offset, String key, Stamp stamp) {
    return add(
        new Fact.Completed(next(), member(member), partition(partition), offset, key, stamp));
  }

  /** The whole work on records, one after the other, and their completion. */
  History processed(String member, String partition, String key, long... offsets) {
    for (long offset : offsets) {
      started(member, partition, offset, key);
      ended(member, partition, offset, key);
      completed(member, partition, offset, key);
    }
    return this;
  }

  History visible(String output, long offset, String input, long inputOffset) {
    return add(new Fact.Visible(next(), partition(output), offset, partition(input), inputOffset));
  }

  History stored(String input, String key, Long... offsets) {
    return add(new Fact.Stored(next(), partition(input), key, List.of(offsets)));
  }

  /** An acknowledged send, as the next one of the client if there is no number. */
  History sent(String client, String place, String value) {
    return sent(client, "", place, value);
  }

  History sent(String client, String transaction, String place, String value) {
    long number = numbers.merge(client, 1L, Long::sum);
    return sent(client, transaction, number, place, value, Fact.Outcome.OK);
  }

  History sent(
      String client,
      String transaction,
      long number,
      String place,
      String value,
      Fact.Outcome outcome) {
    int at = place.indexOf('@');
    TopicPartition partition = partition(at < 0 ? place : place.substring(0, at));
    long offset = at < 0 ? -1 : Long.parseLong(place.substring(at + 1));
    return add(
        new Fact.Sent(
            next(), member(client), transaction, number, partition, offset, value, outcome));
  }

  /** A reader of committed records is given these: {@code partition@offset=value}. */
  History polled(String client, String... records) {
    return polled(client, "", true, records);
  }

  History polled(String client, String transaction, boolean committedOnly, String... records) {
    for (String record : records) {
      int at = record.indexOf('@');
      int is = record.indexOf('=');
      add(
          new Fact.Polled(
              next(),
              member(client),
              transaction,
              partition(record.substring(0, at)),
              Long.parseLong(record.substring(at + 1, is)),
              record.substring(is + 1),
              committedOnly));
    }
    return this;
  }

  History moved(String client, String partition) {
    return add(new Fact.Moved(next(), member(client), partition(partition)));
  }

  History offsetSent(String client, String transaction, String partition, long offset) {
    return add(
        new Fact.OffsetSent(
            next(), member(client), transaction, "g", partition(partition), offset));
  }

  History committing(String client, String transaction) {
    return add(new Fact.TransactionEnding(next(), member(client), transaction, true));
  }

  History ended(String client, String transaction, Fact.Outcome outcome) {
    return add(new Fact.TransactionEnded(next(), member(client), transaction, outcome));
  }

  /** Both the begin and the end of a commit. */
  History commits(String client, String transaction) {
    return committing(client, transaction).ended(client, transaction, Fact.Outcome.OK);
  }

  CheckReport judgedBy(Anomaly anomaly) {
    return judge(facts, anomaly.checker());
  }

  History healed() {
    return add(new Fact.Healed(next()));
  }

  History finished() {
    return add(new Fact.RunEnded(next(), true, ""));
  }

  History stopped(String detail) {
    return add(new Fact.RunEnded(next(), false, detail));
  }

  List<Fact> facts() {
    return facts;
  }

  CheckReport judgedBy(Invariant invariant) {
    return judgedBy(invariant, CheckSettings.DEFAULT);
  }

  CheckReport judgedBy(Invariant invariant, CheckSettings settings) {
    return judge(facts, invariant.checker(settings));
  }

  static CheckReport judge(List<Fact> facts, Checker checker) {
    facts.forEach(checker::accept);
    return checker.report();
  }

  static List<String> messages(CheckReport report) {
    return report.violations().stream().map(Violation::message).toList();
  }

  /** Returns the timeline of the only violation, without times and with single blanks. */
  static List<String> story(CheckReport report) {
    if (report.violations().size() != 1) {
      throw new AssertionError("one violation expected, not " + messages(report));
    }
    return report.violations().get(0).lines().stream()
        .map(line -> line.strip().replaceAll(" +", " "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .toList();
  }

  /** The finished history has the anomaly, in these words. */
  static void finds(Anomaly anomaly, History history, String... messages) {
    CheckReport report = history.finished().judgedBy(anomaly);
    assertThat(messages(report)).containsExactly(messages);
    assertThat(report.violations()).allMatch(each -> !each.timeline().isEmpty());
  }

  /** The finished history, in which there is something to judge, has not got the anomaly. */
  static void legal(Anomaly anomaly, History history) {
    CheckReport report = history.finished().judgedBy(anomaly);
    assertThat(messages(report)).isEmpty();
    assertThat(report.vacuous()).isFalse();
  }
}
