package io.heddle.simulator.check;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Writes down a history, one fact a millisecond, and has it judged. */
final class History {
  private final List<Fact> facts = new ArrayList<>();
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

  History removed(String partition, long from, long to) {
    return add(new Fact.Removed(next(), partition(partition), from, to));
  }

  History truncated(String partition, long end) {
    return add(new Fact.Truncated(next(), partition(partition), end));
  }

  History committed(String member, String partition, long offset) {
    return committed(member, partition, offset, "");
  }

  History committed(String member, String partition, long offset, String metadata) {
    return add(
        new Fact.Committed(
            next(), "g", member(member), 1, partition(partition), offset, -1, metadata));
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

  History sought(String member, String partition, long offset) {
    return add(new Fact.Sought(next(), member(member), partition(partition), offset));
  }

  History crashed(String member) {
    return add(new Fact.Crashed(next(), member(member)));
  }

  History started(String member, String partition, long offset, String key) {
    return add(new Fact.Started(next(), member(member), partition(partition), offset, key));
  }

  History ended(String member, String partition, long offset, String key) {
    return add(new Fact.Ended(next(), member(member), partition(partition), offset, key));
  }

  History completed(String member, String partition, long offset, String key) {
    return add(new Fact.Completed(next(), member(member), partition(partition), offset, key));
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
}
