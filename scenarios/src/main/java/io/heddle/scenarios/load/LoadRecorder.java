package io.heddle.scenarios.load;

import io.heddle.scenarios.result.RunResult.LatencySummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures a run under load. A record belongs to the phase in which it was due; what is due in the
 * warm-up is kept apart. Times are nanoseconds of the run. Thread-safe.
 */
public final class LoadRecorder {
  private static final Comparator<TopicPartition> BY_TOPIC_THEN_NUMBER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final ReentrantLock lock = new ReentrantLock();
  private final LoadProfile profile;
  private final List<Latencies> phases = new ArrayList<>();
  private final long[] completedDuring;
  private final Map<TopicPartition, Latencies> partitions = new TreeMap<>(BY_TOPIC_THEN_NUMBER);
  private final Map<TopicPartition, RecordTimes> records = new TreeMap<>(BY_TOPIC_THEN_NUMBER);
  private final Latencies measured = new Latencies();
  private final StageTimes stages = new StageTimes();
  private final IntervalLog intervals;
  private long originNanos = -1;
  private long failedSends;
  private long uncommitted;
  private long endedNanos = Long.MAX_VALUE;
  private long checkNanos;

  LoadRecorder(LoadProfile profile, long startMillis) {
    this.profile = profile;
    this.completedDuring = new long[profile.phases().size()];
    profile.phases().forEach(phase -> phases.add(new Latencies()));
    this.intervals = new IntervalLog(startMillis, profile.endNanos());
  }

  /** The service and response times of some records. */
  private static final class Latencies {
    private final Histogram service = Histograms.nanos();
    private final Histogram response = Histograms.nanos();
  }

  /** The load begins now, unless it has begun; returns when it did. */
  public long begins(long nowNanos) {
    lock.lock();
    try {
      if (originNanos < 0) {
        originNanos = nowNanos;
      }
      return originNanos;
    } finally {
      lock.unlock();
    }
  }

  /** Whether what is due then is part of the result. */
  public boolean measures(long dueNanos) {
    lock.lock();
    try {
      return counts(dueNanos);
    } finally {
      lock.unlock();
    }
  }

  private boolean counts(long dueNanos) {
    return profile.measures(dueNanos - originNanos);
  }

  private int phase(long nanos) {
    return profile.at(nanos - originNanos);
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** The log took a record that was handed to the producer at {@code sentNanos}. */
  public void acknowledged(
      TopicPartition partition, long offset, long dueNanos, long sentNanos, long nowNanos) {
    locked(
        () -> {
          boolean counts = counts(dueNanos);
          of(partition).at(offset).acknowledged(nowNanos);
          if (counts) {
            stages.add(StageTimes.Stage.LATE, sentNanos - dueNanos);
            stages.add(StageTimes.Stage.SEND, nowNanos - sentNanos);
          }
        });
  }

  /** Nobody is to read this record, which the log has, before its transaction is committed. */
  public void inTransaction(TopicPartition partition, long offset) {
    locked(() -> of(partition).at(offset).inTransaction());
  }

  /** The producer knows that the record's transaction is committed. */
  public void transactionCommitted(
      TopicPartition partition, long offset, long dueNanos, long nowNanos) {
    locked(
        () -> {
          RecordTimes.Entry times = of(partition).at(offset);
          if (times.isOpen()) {
            long open = times.committed(nowNanos);
            if (counts(dueNanos)) {
              stages.add(StageTimes.Stage.OPEN, open);
              if (times.hasStarted()) {
                stages.add(StageTimes.Stage.WAIT, times.waited());
              }
            }
          }
        });
  }

  /** So many records that the log has are in a transaction that was not committed. */
  public void notCommitted(long count) {
    locked(() -> uncommitted += count);
  }

  /** A record could not be sent. */
  public void notSent() {
    locked(() -> failedSends++);
  }

  /** Work on a record began. */
  public void started(TopicPartition partition, long offset, long dueNanos, long nowNanos) {
    locked(
        () -> {
          RecordTimes.Entry times = of(partition).at(offset);
          if (times.start(nowNanos) && counts(dueNanos) && !times.isOpen()) {
            stages.add(StageTimes.Stage.WAIT, times.waited());
          }
        });
  }

  /** Work on a record ended, and took so long. */
  public void worked(
      TopicPartition partition, long offset, long dueNanos, long nowNanos, long nanos) {
    locked(
        () -> {
          of(partition).at(offset).ended(nowNanos);
          phases.get(phase(dueNanos)).service.recordValue(Histograms.fit(nanos));
          boolean counts = counts(dueNanos);
          if (counts) {
            measured.service.recordValue(Histograms.fit(nanos));
            latencies(partition).service.recordValue(Histograms.fit(nanos));
            stages.add(StageTimes.Stage.WORK, nanos);
          }
          intervals.service(nowNanos - originNanos, Histograms.fit(nanos), counts);
        });
  }

  /** A record is complete; whether it is so for the first time. */
  public boolean completed(TopicPartition partition, long offset, long dueNanos, long nowNanos) {
    lock.lock();
    try {
      RecordTimes.Entry times = of(partition).at(offset);
      if (!times.complete(nowNanos, counts(dueNanos))) {
        return false;
      }
      long response = Histograms.fit(nowNanos - dueNanos);
      phases.get(phase(dueNanos)).response.recordValue(response);
      if (nowNanos - originNanos <= profile.endNanos()) {
        completedDuring[phase(nowNanos)]++;
      }
      boolean counts = counts(dueNanos);
      if (counts) {
        measured.response.recordValue(response);
        latencies(partition).response.recordValue(response);
        stages.add(StageTimes.Stage.FINISH, times.finished());
      }
      intervals.response(nowNanos - originNanos, response, counts);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** All records below the offset are committed. */
  public void committed(TopicPartition partition, long offset, long nowNanos) {
    locked(
        () ->
            of(partition)
                .committed(
                    offset,
                    completedNanos ->
                        stages.add(StageTimes.Stage.COMMIT, nowNanos - completedNanos)));
  }

  /** Checking took so long, on whichever thread. */
  public void checked(long nanos) {
    locked(() -> checkNanos += nanos);
  }

  /** Nothing is sent any more, before the profile's end; later phases did not take place. */
  public void endedEarly(long nowNanos) {
    locked(() -> endedNanos = Math.min(endedNanos, nowNanos - originNanos));
  }

  private RecordTimes of(TopicPartition partition) {
    return records.computeIfAbsent(partition, each -> new RecordTimes());
  }

  private Latencies latencies(TopicPartition partition) {
    return partitions.computeIfAbsent(partition, each -> new Latencies());
  }

  /** Service times of what was measured. */
  public LatencySummary service() {
    lock.lock();
    try {
      return Histograms.summary(measured.service);
    } finally {
      lock.unlock();
    }
  }

  /** Response times of what was measured. */
  public LatencySummary response() {
    lock.lock();
    try {
      return Histograms.summary(measured.response);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What has been measured so far.
   *
   * @param topicName what a topic is called in a report
   */
  public LoadMeasurements measurements(UnaryOperator<String> topicName) {
    lock.lock();
    try {
      List<LoadMeasurements.OfPhase> ofPhases = new ArrayList<>();
      for (int i = 0; i < phases.size(); i++) {
        Phase phase = profile.phases().get(i);
        long until = Math.min(phase.toNanos(), endedNanos);
        if (until > phase.fromNanos()) {
          double seconds = (until - phase.fromNanos()) / 1e9;
          ofPhases.add(
              new LoadMeasurements.OfPhase(
                  phase,
                  seconds,
                  completedDuring[i] / seconds,
                  Histograms.summary(phases.get(i).service),
                  Histograms.summary(phases.get(i).response)));
        }
      }
      List<LoadMeasurements.OfPartition> ofPartitions = new ArrayList<>();
      partitions.forEach(
          (partition, latencies) ->
              ofPartitions.add(
                  new LoadMeasurements.OfPartition(
                      topicName.apply(partition.topic()) + "-" + partition.partition(),
                      Histograms.summary(latencies.service),
                      Histograms.summary(latencies.response))));
      return new LoadMeasurements(
          ofPhases,
          stages.summaries(),
          ofPartitions,
          failedSends,
          uncommitted,
          checkNanos,
          endedNanos != Long.MAX_VALUE,
          intervals.text(),
          Histograms.percentiles(measured.response));
    } finally {
      lock.unlock();
    }
  }
}
