package io.heddle.simulator.check;

import java.util.Arrays;
import java.util.List;

/** The invariants that a run can be judged by, in the order in which they are reported. */
public enum Invariant {
  /**
   * Per member, partition, assignment and key, the offsets whose work starts ascend strictly, and
   * so do those whose work ends. Legal: any order among keys; the same offset again after a new
   * assignment, a seek or a truncation. A second start without one of these is a violation, as is
   * an end without a start. Judges starts and ends; vacuous without them.
   */
  KEY_ORDER("key-order", "the work on a key starts and ends in the order of its offsets"),

  /**
   * At no time is there work on two records of one key of a topic. Within a member this is never
   * excused. Across members an overlap is excused, and counted by its reason, when one of the two
   * had lost the partition, or had given it up while its work went on ({@code deadline}). A revoke
   * that has not returned excuses nothing. A crash ends the work. Judges starts; vacuous without
   * them.
   */
  KEY_EXCLUSIVE("key-exclusive", "no two records of a key are worked on at the same time"),

  /**
   * A committed offset has below it only records that somebody had completed before. Legal: offsets
   * that were never appended, or were removed. Offsets that the commit's metadata declares complete
   * have to be so as well. Reported once for each first incomplete offset. Judges the commits that
   * have a record below them; vacuous without one.
   */
  COMMIT_PREFIX("commit-prefix", "every record below a committed offset has been completed"),

  /**
   * A commit is applied only for the member that owns the partition, from its assignment until it
   * has given the partition up or lost it; and the committed offset of a partition never goes back,
   * unless the log was truncated. Legal: the same offset again; commits while a revoke goes on; any
   * commit of a member that was never assigned anything, which assigns itself. Excused, and
   * counted: a commit that reached the coordinator after its sender had crashed or had finished the
   * revoke, as long as nobody else had taken the partition. Judges commits; vacuous without them.
   */
  OWNER_COMMIT("owner-commit", "only the owner of a partition commits, and never backwards"),

  /**
   * What is done twice lies behind what was committed: no member starts work on a record below the
   * offset that was committed when it was assigned the partition. Legal: the same after the log was
   * truncated, or after the committed offset was set back. Excused, and counted: after the member's
   * position was set back, by a seek or a reset. Judges starts of members that are assigned
   * partitions; vacuous without them.
   */
  COMMITTED_ONCE("committed-once", "what is committed is not worked on again"),

  /**
   * When the run has ended, every record of a consumed topic that is still there has been completed
   * at least once. A run that did not finish is judged only below the committed offsets. One
   * violation a partition. Judges appended records; vacuous without the end of the run or without
   * records.
   */
  AT_LEAST_ONCE("at-least-once", "no record is lost"),

  /**
   * Of each record of a consumed topic, readers of committed records see exactly one output. A
   * second one is a violation at once, a missing one when the run has finished. Legal: none of a
   * record that was removed; the same output read again. Excused, and counted: what was done twice
   * of a log that lost its tail, and what is missing where the lost records were. Judges what
   * readers report as visible; vacuous without it.
   */
  EXACTLY_ONCE("exactly-once", "each record has one output that readers of committed records see"),

  /**
   * When the run is over, each entry of a store, restored from its change log, is what a run
   * without interruption had left: made of every record of its key, once and in order. An entry
   * that was not made so is a violation when it is read, a missing one when the run has finished.
   * Legal: a record that was removed, in the entry or not. Partitions that lost their tail are
   * excused. Judges what readers report as stored; vacuous without it.
   */
  STORE("store", "a restored store is what a run without interruption had left"),

  /**
   * The run ended because there was nothing left to do. Judges the records completed after the
   * faults were over, and the end of the run if there were records at all; vacuous without both.
   */
  PROGRESS("progress", "when the faults are over, everything finishes");

  private final String label;
  private final String description;

  Invariant(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** Returns the name under which a scenario asks for it, for example {@code key-order}. */
  public String label() {
    return label;
  }

  /** Returns in one line what has to hold. */
  public String description() {
    return description;
  }

  /** Returns a new checker with the default settings. */
  public Checker checker() {
    return checker(CheckSettings.DEFAULT);
  }

  /** Returns a new checker. */
  public Checker checker(CheckSettings settings) {
    return Bookkeeping.alone(books -> checker(settings, books));
  }

  /** Returns a new checker that judges each fact after the books have been given it. */
  Checker checker(CheckSettings settings, Bookkeeping books) {
    return switch (this) {
      case KEY_ORDER -> new KeyOrderChecker(books);
      case KEY_EXCLUSIVE -> new KeyExclusiveChecker(settings, books);
      case COMMIT_PREFIX -> new CommitPrefixChecker(settings, books);
      case OWNER_COMMIT -> new OwnerCommitChecker(books);
      case COMMITTED_ONCE -> new CommittedOnceChecker(settings, books);
      case AT_LEAST_ONCE -> new AtLeastOnceChecker(settings, books);
      case EXACTLY_ONCE -> new ExactlyOnceChecker(settings, books);
      case STORE -> new StoreChecker(settings, books);
      case PROGRESS -> new ProgressChecker(settings, books);
    };
  }

  /** Returns the names of all invariants. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Invariant::label).toList();
  }

  /**
   * Returns the invariant of this name.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest one
   */
  public static Invariant of(String name) {
    for (Invariant invariant : values()) {
      if (invariant.label.equals(name)) {
        return invariant;
      }
    }
    throw new IllegalArgumentException(
        "unknown invariant '%s', did you mean '%s'? Known: %s"
            .formatted(name, NearestName.to(name, labels()), String.join(", ", labels())));
  }

  @Override
  public String toString() {
    return label;
  }
}
