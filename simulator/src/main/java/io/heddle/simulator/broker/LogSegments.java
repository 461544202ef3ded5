package io.heddle.simulator.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log. Retention deletes whole segments, and compaction leaves the last one, the
 * active segment, alone.
 */
final class LogSegments {
  /** What some batches of a segment come to. */
  private static final class Content {
    private long bytes;
    private long firstTimestamp = -1;

    /** The first batch with the highest timestamp. */
    private @Nullable LogEntry latest;

    void add(LogEntry entry) {
      if (bytes == 0) {
        firstTimestamp = entry.maxTimestamp();
      }
      bytes += entry.batch().sizeInBytes();
      if (entry.maxTimestamp() > maxTimestamp()) {
        latest = entry;
      }
    }

    /** The highest timestamp, or -1. */
    long maxTimestamp() {
      return latest == null ? -1 : latest.maxTimestamp();
    }
  }

  /** One segment, from its base offset up to that of the next. */
  static final class Segment {
    private final long baseOffset;
    private final long createdMillis;
    private final Content all = new Content();

    /** What lies before the start of the log, and is there as long as the segment is. */
    private final Content deleted;

    Segment(long baseOffset, long createdMillis) {
      this(baseOffset, createdMillis, new Content());
    }

    private Segment(long baseOffset, long createdMillis, Content deleted) {
      this.baseOffset = baseOffset;
      this.createdMillis = createdMillis;
      this.deleted = deleted;
      all.bytes = deleted.bytes;
      all.firstTimestamp = deleted.firstTimestamp;
      all.latest = deleted.latest;
    }

    long baseOffset() {
      return baseOffset;
    }

    long bytes() {
      return all.bytes;
    }

    /** The highest timestamp of its first batch, or -1. */
    long firstTimestamp() {
      return all.firstTimestamp;
    }

    /** The highest timestamp in it; when it was made, if it is empty. */
    long maxTimestamp() {
      return all.latest == null ? createdMillis : all.maxTimestamp();
    }

    void add(LogEntry entry) {
      all.add(entry);
    }

    /** The same with nothing in it but what has been deleted. */
    private Segment emptied() {
      return new Segment(baseOffset, createdMillis, deleted);
    }
  }

  private final List<Segment> segments = new ArrayList<>();

  LogSegments(long nowMillis) {
    segments.add(new Segment(0, nowMillis));
  }

  Segment active() {
    return segments.get(segments.size() - 1);
  }

  /** A copy, oldest first. */
  List<Segment> all() {
    return List.copyOf(segments);
  }

  int count() {
    return segments.size();
  }

  long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  /** Begins a segment if the active one has no place or time for a batch. */
  void makeRoom(long offset, long batchBytes, long timestamp, TopicConfig config, long nowMillis) {
    Segment active = active();
    long since = active.firstTimestamp() < 0 ? active.createdMillis : active.firstTimestamp();
    long waited = active.firstTimestamp() < 0 ? nowMillis - since : timestamp - since;
    boolean full = active.bytes() > config.segmentBytes() - batchBytes;
    boolean old = waited > config.segmentMs();
    if (active.bytes() > 0 && (full || old)) {
      roll(offset, nowMillis);
    }
  }

  /** Begins a segment at the end of the log, unless the active one is empty anyhow. */
  void roll(long endOffset, long nowMillis) {
    if (active().bytes() > 0) {
      segments.add(new Segment(endOffset, nowMillis));
    }
  }

  /** Where the segment ends. */
  long endOf(int index, long logEnd) {
    return index + 1 < segments.size() ? segments.get(index + 1).baseOffset() : logEnd;
  }

  /**
   * Deletes what the policy no longer keeps, oldest first, as one check of a broker does.
   *
   * @return the offset at which the log begins now
   */
  long deleteOld(long logStart, long logEnd, TopicConfig config, long nowMillis) {
    while (count() > 1 && segments.get(1).baseOffset() <= logStart) {
      segments.remove(0);
    }
    if (!config.deletes()) {
      return logStart;
    }
    long tooMuch = config.retentionBytes() < 0 ? Long.MIN_VALUE : bytes() - config.retentionBytes();
    long start = logStart;
    while (true) {
      Segment oldest = segments.get(0);
      if (oldest.bytes() == 0 && count() == 1) {
        return start;
      }
      boolean old =
          config.retentionMs() >= 0 && nowMillis - oldest.maxTimestamp() > config.retentionMs();
      boolean spare = tooMuch >= oldest.bytes();
      if (!old && !spare) {
        return start;
      }
      tooMuch -= tooMuch == Long.MIN_VALUE ? 0 : oldest.bytes();
      start = Math.max(start, endOf(0, logEnd));
      if (count() == 1) {
        segments.add(new Segment(logEnd, nowMillis));
      }
      segments.remove(0);
    }
  }

  /** The start of the log has moved past the batch, which stays as long as its segment. */
  void deleted(LogEntry entry) {
    long offset = entry.batch().baseOffset();
    for (int i = count() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      if (segment.baseOffset() <= offset) {
        segment.deleted.add(entry);
        return;
      }
    }
  }

  /**
   * The first record not before the start of the log that is not earlier than the timestamp. As in
   * Kafka only the first segment is looked at that has anything so late, be it deleted or not.
   */
  Optional<LogEntry.Found> firstAtOrAfter(
      long timestamp, long logStart, long logEnd, List<LogEntry> entries) {
    for (int i = 0; i < count(); i++) {
      if (segments.get(i).maxTimestamp() >= timestamp) {
        long from = Math.max(logStart, segments.get(i).baseOffset());
        long end = endOf(i, logEnd);
        return entries.stream()
            .filter(entry -> entry.isBetween(from, end) && entry.maxTimestamp() >= timestamp)
            .flatMap(entry -> entry.firstAtOrAfter(timestamp, from).stream())
            .findFirst();
      }
    }
    return Optional.empty();
  }

  /** The first record with the latest timestamp of all that is still there, deleted or not. */
  Optional<LogEntry.Found> latestTimestamp() {
    Segment latest = segments.get(0);
    for (Segment each : segments) {
      if (each.all.maxTimestamp() > latest.all.maxTimestamp()) {
        latest = each;
      }
    }
    return Optional.ofNullable(latest.all.latest)
        .flatMap(entry -> entry.firstAtOrAfter(entry.maxTimestamp(), 0));
  }

  /**
   * The base of the first segment that compaction leaves alone: the active one, one that may yet
   * change, one that is too young.
   */
  long firstUncleanable(long firstDirty, long lastStable, TopicConfig config, long nowMillis) {
    for (int i = 0; i < count() - 1; i++) {
      long end = segments.get(i + 1).baseOffset();
      boolean young =
          config.minCompactionLagMs() > 0
              && end > firstDirty
              && segments.get(i).maxTimestamp() > nowMillis - config.minCompactionLagMs();
      if (young || end > lastStable) {
        return Math.max(firstDirty, segments.get(i).baseOffset());
      }
    }
    return Math.max(firstDirty, active().baseOffset());
  }

  /** Whether something between these has not been compacted for too long. */
  boolean overdue(long firstDirty, long end, TopicConfig config, long nowMillis) {
    return segments.stream()
        .filter(each -> each.baseOffset() >= firstDirty && each.baseOffset() < end)
        .anyMatch(
            each ->
                each.firstTimestamp() > 0
                    && each.firstTimestamp() < nowMillis - config.maxCompactionLagMs());
  }

  /** Cuts off what lies behind the offset. */
  void truncate(long offset, long nowMillis) {
    while (count() > 1 && active().baseOffset() >= offset) {
      segments.remove(segments.size() - 1);
    }
    if (active().baseOffset() > offset) {
      segments.set(0, new Segment(offset, nowMillis));
    }
  }

  /** Counts anew what is in the segments; segments that compaction has emptied go. */
  void recount(Iterable<LogEntry> entries) {
    List<Segment> before = all();
    segments.clear();
    before.forEach(each -> segments.add(each.emptied()));
    int index = 0;
    for (LogEntry entry : entries) {
      long offset = entry.batch().baseOffset();
      while (index + 1 < segments.size() && segments.get(index + 1).baseOffset() <= offset) {
        index++;
      }
      segments.get(index).add(entry);
    }
    Segment active = active();
    segments.removeIf(each -> each.bytes() == 0 && each != active);
  }
}
