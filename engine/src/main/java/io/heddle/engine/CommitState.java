package io.heddle.engine;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is complete of one ownership of a partition, and what of that is committed. The strand
 * publishes, the poll thread commits, anyone reads.
 *
 * <p>The offset is published with each turn. To write down what is complete behind a gap takes
 * longer, so the strand does it when the poll thread is about to commit and has asked, and when the
 * partition is on its way out. Either way offset and metadata are of one moment.
 */
final class CommitState {
  private final Restored restored = new Restored();
  private final CommitTimes times = new CommitTimes();
  private final Setbacks setbacks = new Setbacks();
  private final int maxMetadataBytes;
  private volatile Progress progress = Progress.NONE;
  private volatile Progress snapshot = Progress.NONE;
  private volatile boolean asked;
  // Of the poll thread.
  private @Nullable OffsetAndMetadata acknowledged;
  private @Nullable Long doubtEndsNanos;

  CommitState(int maxMetadataBytes) {
    this.maxMetadataBytes = maxMetadataBytes;
  }

  CommitTimes times() {
    return times;
  }

  /** How much is complete behind what blocks the commit, as of the last turn. Any thread. */
  long behindGap() {
    return progress.behindGap();
  }

  /** What was complete before this ownership began. */
  Restored restored() {
    return restored;
  }

  Setbacks setbacks() {
    return setbacks;
  }

  /** This ownership goes on from what was committed; poll thread only. */
  void begin(OffsetAndMetadata committed) {
    setbacks.begin(committed);
    CommitMetadata.decode(committed.offset(), committed.metadata()).ifPresent(restored::set);
  }

  /** What was acknowledged is of a log that is gone: it has to be taken back. Poll thread only. */
  void forgetAcknowledged() {
    acknowledged = null;
  }

  /** Of what came so far, nothing behind this is to be committed any more. Strand only. */
  void setBack(OffsetTracker<Event> tracker, OffsetAndMetadata most) {
    tracker.setBack(most.offset(), most.leaderEpoch().orElse(OffsetTracker.NO_EPOCH));
    restored.forget();
  }

  /** Asks the strand for a snapshot if there is something to put in; poll thread only. */
  boolean ask() {
    asked = maxMetadataBytes > 0 && progress.hasGap();
    return asked;
  }

  /** Whether the strand has not answered yet. */
  boolean isAsked() {
    return asked;
  }

  /** Publishes, at the end of a turn; returns whether that answered a question. Strand only. */
  boolean publish(OffsetTracker<Event> tracker, boolean leaving) {
    boolean answers = asked;
    if (!progress.describes(tracker)) {
      progress = Progress.of(tracker, "");
    }
    if ((answers || leaving) && maxMetadataBytes > 0 && !snapshot.describes(tracker)) {
      snapshot = Progress.of(tracker, metadata(tracker));
    }
    asked = false;
    return answers;
  }

  /**
   * What is to be committed and is not yet, or may not be any more, or nothing. Poll thread only.
   *
   * @param last whether there will be no other commit of this ownership, so that the offset counts
   *     more than what is behind a gap
   */
  Optional<OffsetAndMetadata> due(boolean last, long nowNanos) {
    Optional<OffsetAndMetadata> due = newlyDue(last);
    return due.isPresent() || !isInDoubt(nowNanos) ? due : Optional.ofNullable(acknowledged);
  }

  private Optional<OffsetAndMetadata> newlyDue(boolean last) {
    Progress now = progress;
    Progress told = snapshot;
    long least = last ? now.nextOffset() : acknowledged == null ? 0 : acknowledged.offset();
    boolean toldOfThisLog = told.setbacks() == now.setbacks() && !told.metadata().isEmpty();
    if (now.hasGap() && toldOfThisLog && told.nextOffset() >= least) {
      Optional<OffsetAndMetadata> due = unacknowledged(told);
      // What was told is committed already: then what has come since, if anything, is.
      return due.isPresent() || told.nextOffset() == now.nextOffset() ? due : unacknowledged(now);
    }
    return unacknowledged(now);
  }

  void markCommitted(OffsetAndMetadata offset) {
    acknowledged = offset;
  }

  /**
   * Nobody knows what became of a commit. Until then it may still be applied, in front of or behind
   * those that are made from now on: what was acknowledged last has to be committed again.
   */
  void markInDoubt(long untilNanos) {
    doubtEndsNanos = untilNanos;
  }

  private boolean isInDoubt(long nowNanos) {
    return doubtEndsNanos != null && doubtEndsNanos - nowNanos > 0;
  }

  /** The event that blocks the commit, if one does, as of the last turn. Any thread. */
  @Nullable Event blockingEvent() {
    return progress.blocker();
  }

  /** What blocks the commit, as of the last turn. Any thread. */
  Optional<CommitBlocker> blocker(TopicPartition partition, long nowNanos) {
    Event event = progress.blocker();
    if (event == null) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(nowNanos - event.polledNanos());
    return Optional.of(
        new CommitBlocker(partition, event.offset(), event.key(), age, event.attempts()));
  }

  private Optional<OffsetAndMetadata> unacknowledged(Progress what) {
    return what.committable()
        .map(offset -> setbacks.limit(what.setbacks(), offset))
        .filter(offset -> !offset.equals(acknowledged));
  }

  private String metadata(OffsetTracker<Event> tracker) {
    Event witness = tracker.oldestRecord();
    if (witness == null || !tracker.hasGap() || !tracker.hasCommittable()) {
      return "";
    }
    ConsumerRecord<byte[], byte[]> record = witness.input();
    return new CommitMetadata(
            record.offset(),
            record.leaderEpoch().orElse(OffsetTracker.NO_EPOCH),
            record.timestamp(),
            tracker.highestEpochBehindGap(),
            tracker.completeBehindGap())
        .encode(tracker.committableOffset(), maxMetadataBytes);
  }
}
