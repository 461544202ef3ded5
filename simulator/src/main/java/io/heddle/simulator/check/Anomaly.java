package io.heddle.simulator.check;

import java.util.Arrays;
import java.util.List;

/**
 * What must not be in a history of Kafka's clients, in the classes that Jepsen's tests of Kafka
 * have. They judge what producers were told and consumers were given ({@link
 * io.heddle.simulator.history.Fact.OfClient}), of whatever Kafka and whatever application. A record
 * is known by its partition and offset, and by its value where its producer never learned these.
 *
 * <p>Most need to know how things ended, and judge at the end of the run; until then they hold.
 */
public enum Anomaly {
  /**
   * A record that was acknowledged, and whose transaction, if any, was committed, is read by
   * somebody if records before it and after it are. All readers of a topic are taken together.
   * Legal: never read, but removed or cut off; not read below the first or above the last record
   * that was. Judges acknowledged records.
   */
  LOST_WRITE("lost-write", "what is acknowledged is read, if something before and after it is"),

  /**
   * A value is at no more offsets of a topic than there were sends of it that may have been done.
   * Legal: the same value sent again after a send of unknown outcome. Judges values of which a send
   * is known.
   */
  DUPLICATE("duplicate", "no record is in the log more often than it was sent"),

  /**
   * Who is to see committed records only is given none of an aborted transaction, and nobody one
   * whose send has certainly failed. Judges what was read.
   */
  ABORTED_READ("aborted-read", "no record of an aborted transaction or a failed send is read"),

  /**
   * Who is to see committed records only is given none of a transaction before its producer has
   * begun to commit it. Legal: to read it between that and the answer. Judges what was read.
   */
  PRECOMMITTED_READ("precommitted-read", "no record is read before its transaction is committed"),

  /**
   * Everybody who knows of an offset of a partition knows the same value there. Legal: another one
   * after the log was cut off below. Judges what was acknowledged or read.
   */
  INCONSISTENT_OFFSETS("inconsistent-offsets", "an offset has one value"),

  /**
   * Between two records of a partition that a consumer is given one after the other there is none
   * that it should have been given. Legal: after a seek or a new assignment; what was removed, or
   * was aborted, or is not known to be committed. Judges what was read.
   */
  POLL_SKIP("poll-skip", "a consumer passes over no record"),

  /**
   * The offsets of a partition that a consumer is given ascend. Legal: any after a seek or a new
   * assignment, or after the log was cut off. Judges what was read.
   */
  NON_MONOTONIC_POLL("non-monotonic-poll", "what a consumer is given ascends"),

  /**
   * The offsets that a producer's records get in a partition ascend in the order in which it sent
   * them. Judges acknowledged sends whose place in the order is known.
   */
  NON_MONOTONIC_SEND("non-monotonic-send", "what a producer sends keeps its order"),

  /**
   * No committed transaction depends on itself: by reading what another one wrote, which read what
   * the first one wrote, over however many. A transaction reads what is polled in it, and what it
   * commits the offset of. Cycles that need the order of two writes are legal in Kafka, where
   * transactions do not keep each other from writing; they are excused, and counted, unless {@link
   * CheckSettings#writesInOrder} says otherwise. Judges the dependencies.
   */
  G1C("g1c", "no circle of transactions reads each other's writes");

  private final String label;
  private final String description;

  Anomaly(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** Returns its name, for example {@code lost-write}. */
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
    return switch (this) {
      case LOST_WRITE -> new LostWriteChecker();
      case DUPLICATE -> new DuplicateChecker();
      case ABORTED_READ -> new AbortedReadChecker();
      case PRECOMMITTED_READ -> new PrecommittedReadChecker();
      case INCONSISTENT_OFFSETS -> new InconsistentOffsetsChecker();
      case POLL_SKIP -> new PollSkipChecker();
      case NON_MONOTONIC_POLL -> new NonMonotonicPollChecker();
      case NON_MONOTONIC_SEND -> new NonMonotonicSendChecker();
      case G1C -> new CircleChecker(settings);
    };
  }

  /** Returns the names of all anomalies. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Anomaly::label).toList();
  }

  @Override
  public String toString() {
    return label;
  }
}
