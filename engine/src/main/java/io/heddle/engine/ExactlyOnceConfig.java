package io.heddle.engine;

import java.time.Duration;

/**
 * The settings of exactly-once delivery: what events forward becomes visible to {@code
 * read_committed} consumers together with the offsets of the records it was made of, or not at all.
 * Immutable; every field is checked when it is built.
 *
 * <p>The source has one transactional producer, whose id is {@code idPrefix-member}. The id has to
 * be stable: a member that comes back after a crash under the same id ends what it left open, which
 * else would hold back its readers until the transaction times out. And no two members that run at
 * the same time may share it, for each would fence the other; so the member's name comes from where
 * it is deployed (a host's name, the ordinal of a stateful set, a group instance id), never from
 * chance.
 *
 * <p>With {@code group.protocol=consumer} (KIP-848) brokers should be of 4.3 or later: those tell
 * from the epoch of an assignment whether a member still has a partition (KIP-1251), so that nobody
 * has to join anew when the group moves on while the member hears of an assignment. One hole is
 * Kafka's and stays open, in all versions up to 4.3.1: a member is assigned a partition, does not
 * poll, and by a failed request has to tell the coordinator again what it owns; that does not name
 * the partition yet, so the coordinator gives it to another and moves the member's epoch, all
 * before the member polls and hears of the assignment. Until it is told that it has lost the
 * partition, a few heartbeats later, it is believed, and outputs can be doubled. The classic
 * protocol does not have it.
 *
 * <p>A topic that is deleted and made anew under its name is noticed when the consumer says that it
 * goes on elsewhere, at the end of a poll. A transaction that is committed while that poll is under
 * way can still commit an offset of the old log.
 *
 * @param idPrefix the application's part of the transactional id, not blank
 * @param member this member's part, not blank
 * @param batchDelay how long a transaction stays open for more from its first output or offset on,
 *     positive; it is the latency at low load
 * @param targetSize events and outputs in a transaction at which it is committed at once, at least
 *     1
 * @param maxSize events and outputs that are complete but not committed, at which intake stops
 *     until half of them are, at least {@code targetSize}
 */
public record ExactlyOnceConfig(
    String idPrefix, String member, Duration batchDelay, int targetSize, int maxSize) {

  /** Checks. */
  public ExactlyOnceConfig {
    notBlank(idPrefix, "idPrefix");
    notBlank(member, "member");
    Checks.positive(batchDelay, "batchDelay");
    Checks.atLeast(1, targetSize, "targetSize");
    if (maxSize < targetSize) {
      throw new IllegalArgumentException(
          "maxSize must be at least targetSize (%d), was %d".formatted(targetSize, maxSize));
    }
  }

  /** The defaults, for this member: 10 ms, 1 000 and 10 000. */
  public static ExactlyOnceConfig of(String idPrefix, String member) {
    return new ExactlyOnceConfig(idPrefix, member, Duration.ofMillis(10), 1_000, 10_000);
  }

  /** This, with another {@code batchDelay}. */
  public ExactlyOnceConfig withBatchDelay(Duration value) {
    return new ExactlyOnceConfig(idPrefix, member, value, targetSize, maxSize);
  }

  /** This, with other sizes. */
  public ExactlyOnceConfig withSizes(int target, int max) {
    return new ExactlyOnceConfig(idPrefix, member, batchDelay, target, max);
  }

  /** The id that this member's producers have in common. */
  public String transactionalId() {
    return idPrefix + "-" + member;
  }

  private static void notBlank(String value, String field) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s must not be blank, was '%s'".formatted(field, value));
    }
  }
}
