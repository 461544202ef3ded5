package io.heddle.simulator.history;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One thing that really happened in a run, as seen from outside: by the broker (appended,
 * committed), by a client (assigned, revoked, lost) or reported by the application under test
 * (started, ended, completed). Facts are recorded in the order in which they happened; the checkers
 * judge nothing else.
 */
public sealed interface Fact {
  /** Nanoseconds since the start of the run. */
  long atNanos();

  /** The log of {@code partition} took a record at {@code offset}. */
  record Appended(long atNanos, TopicPartition partition, long offset, String key)
      implements Fact {}

  /**
   * Records are not delivered any more, though they were appended: retention, a deletion up to an
   * offset, compaction, or the abort of the transaction that wrote them.
   *
   * @param fromOffset the first offset concerned
   * @param toOffset the offset after the last one concerned
   */
  record Removed(long atNanos, TopicPartition partition, long fromOffset, long toOffset)
      implements Fact {}

  /**
   * The log of {@code partition} lost its tail, so that its next record takes {@code endOffset}: an
   * unclean leader election, or, with an end of 0, a topic that was deleted and made again.
   */
  record Truncated(long atNanos, TopicPartition partition, long endOffset) implements Fact {}

  /**
   * The coordinator applied a commit.
   *
   * @param offset the next offset to read, as Kafka means it
   * @param leaderEpoch the leader epoch that came with it, or -1
   */
  record Committed(
      long atNanos,
      String group,
      Member member,
      int generation,
      TopicPartition partition,
      long offset,
      int leaderEpoch,
      String metadata)
      implements Fact {}

  /**
   * The coordinator took a commit as part of a transaction. If that commits, a {@link Committed}
   * follows with the last marker; until then nobody else can go on from the offset before, whoever
   * owns the partition by then.
   */
  record CommitPending(
      long atNanos,
      String group,
      Member member,
      int generation,
      TopicPartition partition,
      long offset)
      implements Fact {}

  /** The member's consumer took over the partitions; the listener has not been called yet. */
  record Assigned(long atNanos, Member member, int generation, List<TopicPartition> partitions)
      implements Fact {
    /** Copies the list. */
    public Assigned {
      partitions = List.copyOf(partitions);
    }
  }

  /** The member's consumer is about to call the listener's {@code onPartitionsRevoked}. */
  record RevokeStarted(long atNanos, Member member, List<TopicPartition> partitions)
      implements Fact {
    /** Copies the list. */
    public RevokeStarted {
      partitions = List.copyOf(partitions);
    }
  }

  /** {@code onPartitionsRevoked} returned: the member has given the partitions up in good order. */
  record Revoked(long atNanos, Member member, List<TopicPartition> partitions) implements Fact {
    /** Copies the list. */
    public Revoked {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * The group took the partitions from the member without asking it: it was fenced, timed out or
   * removed. Recorded when the coordinator decides, which can be before the member knows.
   *
   * @param reason what happened, in a word or two: {@code session timeout}, {@code fenced}
   */
  record Lost(long atNanos, Member member, List<TopicPartition> partitions, String reason)
      implements Fact {
    /** Copies the list. */
    public Lost {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * The member's position was set other than by polling: a seek, the rewind after an aborted
   * transaction, or a reset. From here on it may be given records again that it has had.
   */
  record Sought(long atNanos, Member member, TopicPartition partition, long offset)
      implements Fact {}

  /** The process died; whatever it ran ended there and then. */
  record Crashed(long atNanos, Member member) implements Fact {}

  /** The application began to work on a record. */
  record Started(long atNanos, Member member, TopicPartition partition, long offset, String key)
      implements Fact {}

  /** The application's work on a record ended. */
  record Ended(long atNanos, Member member, TopicPartition partition, long offset, String key)
      implements Fact {}

  /** The application declared a record complete: its offset may be committed. */
  record Completed(long atNanos, Member member, TopicPartition partition, long offset, String key)
      implements Fact {}

  /** No fault is injected any more: from here on everything has to finish. */
  record Healed(long atNanos) implements Fact {}

  /**
   * The run is over.
   *
   * @param finished whether it ended because there was nothing left to do; {@code false} when it
   *     ran into a limit
   * @param detail who waits for what, when it did not finish
   */
  record RunEnded(long atNanos, boolean finished, String detail) implements Fact {}
}
