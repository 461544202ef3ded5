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
  record Appended(long atNanos, TopicPartition partition, long offset, String key, Stamp stamp)
      implements Fact {
    /** A record of which nothing more is known. */
    public Appended(long atNanos, TopicPartition partition, long offset, String key) {
      this(atNanos, partition, offset, key, Stamp.UNKNOWN);
    }
  }

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
   * unclean leader election, or, with an end of 0, a topic that was deleted.
   *
   * @param leaderEpoch the epoch in which the log goes on, or -1
   * @param deletion whether the topic was deleted
   */
  record Truncated(
      long atNanos, TopicPartition partition, long endOffset, int leaderEpoch, boolean deletion)
      implements Fact {
    /** A log that goes on in another leader epoch. */
    public Truncated(long atNanos, TopicPartition partition, long endOffset, int leaderEpoch) {
      this(atNanos, partition, endOffset, leaderEpoch, false);
    }

    /** A topic that was deleted. */
    public static Truncated deletion(long atNanos, TopicPartition partition) {
      return new Truncated(atNanos, partition, 0, -1, true);
    }

    /** A loss of which no leader epoch is known. */
    public Truncated(long atNanos, TopicPartition partition, long endOffset) {
      this(atNanos, partition, endOffset, -1, false);
    }
  }

  /**
   * The coordinator applied a commit.
   *
   * @param offset the next offset to read, as Kafka means it
   * @param leaderEpoch the leader epoch that came with it, or -1
   * @param givenUp whether its client had broken the connection off before the request arrived:
   *     what it has committed since can have been applied first
   */
  record Committed(
      long atNanos,
      String group,
      Member member,
      int generation,
      TopicPartition partition,
      long offset,
      int leaderEpoch,
      String metadata,
      boolean givenUp)
      implements Fact {
    /** A commit whose client waits for the answer. */
    public Committed(
        long atNanos,
        String group,
        Member member,
        int generation,
        TopicPartition partition,
        long offset,
        int leaderEpoch,
        String metadata) {
      this(atNanos, group, member, generation, partition, offset, leaderEpoch, metadata, false);
    }
  }

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
   * @param byMember whether only the member says so, which the coordinator may see otherwise: it
   *     was told that it is not in the group, say, and the coordinator never removed it
   * @param generation the generation, or the member's epoch, up to which the coordinator will have
   *     none of it: an assignment of that may still be on its way. -1 if that is not known
   */
  record Lost(
      long atNanos,
      Member member,
      List<TopicPartition> partitions,
      String reason,
      boolean byMember,
      int generation)
      implements Fact {
    /** Copies the list. */
    public Lost {
      partitions = List.copyOf(partitions);
    }

    /** The coordinator decides, and no assignment is on its way. */
    public Lost(long atNanos, Member member, List<TopicPartition> partitions, String reason) {
      this(atNanos, member, partitions, reason, false, -1);
    }

    /** The coordinator decides. */
    public static Lost decided(
        long atNanos,
        Member member,
        List<TopicPartition> partitions,
        String reason,
        int generation) {
      return new Lost(atNanos, member, partitions, reason, false, generation);
    }

    /** The member says so. */
    public static Lost told(
        long atNanos, Member member, List<TopicPartition> partitions, String reason) {
      return new Lost(atNanos, member, partitions, reason, true, -1);
    }
  }

  /**
   * The coordinator that took the partitions from the member is gone, and its successor knows
   * nothing of that: what was not written before a group rebalanced is forgotten. The member holds
   * them again, and its commits are accepted.
   */
  record Regained(long atNanos, Member member, List<TopicPartition> partitions) implements Fact {
    /** Copies the list. */
    public Regained {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * The coordinator put another member in the place of a static one (KIP-345): who holds its {@code
   * group.instance.id} from now on. Nothing that the former one asks for counts any more, whether
   * it lives or not; what it worked on is {@link Lost} at the same time.
   *
   * @param member the former one
   * @param successor whose it is now; it may be the same process, with another consumer
   * @param generation the generation in which it happened: an assignment of that may still be on
   *     its way to the former one, and the successor may go on in it
   */
  record Replaced(long atNanos, Member member, Member successor, int generation) implements Fact {}

  /**
   * The member's position was set other than by polling: a seek, the rewind after an aborted
   * transaction, or a reset. From here on it may be given records again that it has had.
   */
  record Sought(long atNanos, Member member, TopicPartition partition, long offset)
      implements Fact {}

  /** The process died; whatever it ran ended there and then. */
  record Crashed(long atNanos, Member member) implements Fact {}

  /** The application began to work on a record. */
  record Started(
      long atNanos, Member member, TopicPartition partition, long offset, String key, Stamp stamp)
      implements Fact {
    /** Work on a record of which nothing more is known. */
    public Started(long atNanos, Member member, TopicPartition partition, long offset, String key) {
      this(atNanos, member, partition, offset, key, Stamp.UNKNOWN);
    }
  }

  /** The application's work on a record ended. */
  record Ended(long atNanos, Member member, TopicPartition partition, long offset, String key)
      implements Fact {}

  /** The application declared a record complete: its offset may be committed. */
  record Completed(
      long atNanos, Member member, TopicPartition partition, long offset, String key, Stamp stamp)
      implements Fact {
    /** A record of which nothing more is known. */
    public Completed(
        long atNanos, Member member, TopicPartition partition, long offset, String key) {
      this(atNanos, member, partition, offset, key, Stamp.UNKNOWN);
    }
  }

  /**
   * A reader of committed records was given a record that says of which input it was made.
   *
   * @param partition where the output is
   * @param input the partition of the record it was made of
   */
  record Visible(
      long atNanos, TopicPartition partition, long offset, TopicPartition input, long inputOffset)
      implements Fact {}

  /**
   * A reader of a store's change log, when the run was over, found an entry that says of which
   * records it was made, in the order in which they were applied.
   *
   * @param input the partition of those records
   * @param key the key of those records
   */
  record Stored(long atNanos, TopicPartition input, String key, List<Long> offsets)
      implements Fact {
    /** Copies the list. */
    public Stored {
      offsets = List.copyOf(offsets);
    }
  }

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

  /**
   * What a client saw of its own calls: what it expects, where everything above is what was. Told
   * by a {@link io.heddle.simulator.check.ClientRecorder} or by whoever writes a history.
   */
  sealed interface OfClient extends Fact {
    /** The client. */
    Member member();
  }

  /** How a call ended, as far as its client knows. */
  enum Outcome {
    /** It was done. */
    OK,
    /** It was certainly not done. */
    FAILED,
    /** Nobody told. */
    UNKNOWN
  }

  /**
   * A producer learned what became of a record that it had sent.
   *
   * @param transaction the transaction it was sent in, or an empty string
   * @param number the place of the send among the calls of this producer, from 0, or -1 if it had
   *     none because several threads sent at once
   * @param partition where it is; the partition number is -1 if the client never knew
   * @param offset where it is, or -1 if it was not acknowledged
   * @param value what tells this record from others
   */
  record Sent(
      long atNanos,
      Member member,
      String transaction,
      long number,
      TopicPartition partition,
      long offset,
      String value,
      Outcome outcome)
      implements OfClient {}

  /**
   * A poll gave the application a record. The records of a poll follow each other in the order in
   * which the application gets them.
   *
   * @param transaction the transaction in which it was read, or an empty string
   * @param value as in {@link Sent}
   * @param committedOnly whether the consumer is to see committed records only
   */
  record Polled(
      long atNanos,
      Member member,
      String transaction,
      TopicPartition partition,
      long offset,
      String value,
      boolean committedOnly)
      implements OfClient {}

  /**
   * The consumer's position was set other than by polling: it was assigned the partition, or the
   * application sought. From here on it may read on anywhere.
   */
  record Moved(long atNanos, Member member, TopicPartition partition) implements OfClient {}

  /**
   * A producer's transaction got an offset to commit: all records below it, from the one that the
   * group had committed before, were read by the transaction.
   */
  record OffsetSent(
      long atNanos,
      Member member,
      String transaction,
      String group,
      TopicPartition partition,
      long offset)
      implements OfClient {}

  /** A producer is about to commit or abort its transaction. */
  record TransactionEnding(long atNanos, Member member, String transaction, boolean commit)
      implements OfClient {}

  /**
   * A producer learned what became of its transaction.
   *
   * @param outcome OK if it was committed, FAILED if it was aborted
   */
  record TransactionEnded(long atNanos, Member member, String transaction, Outcome outcome)
      implements OfClient {}
}
