package io.heddle.scenarios.load;

import io.heddle.scenarios.result.RunResult.LatencySummary;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured of a run under load.
 *
 * @param phases those that took place, at least in part
 * @param stages of what was measured, in the order in which records pass them
 * @param partitions of what was measured
 * @param failedSends how many records could not be sent
 * @param uncommitted how many were sent in transactions that were not committed
 * @param checkNanos how long checking took
 * @param endedEarly whether somebody ended it before its time
 * @param intervalLog HdrHistogram's interval log: the tags {@code response} and {@code service} are
 *     what was measured, {@code warm-up.response} and {@code warm-up.service} what was before
 * @param percentiles the distribution of response times as HdrHistogram's tools plot it
 */
public record LoadMeasurements(
    List<OfPhase> phases,
    List<OfStage> stages,
    List<OfPartition> partitions,
    long failedSends,
    long uncommitted,
    long checkNanos,
    boolean endedEarly,
    String intervalLog,
    String percentiles) {
  /** Copies the lists. */
  public LoadMeasurements {
    phases = List.copyOf(phases);
    stages = List.copyOf(stages);
    partitions = List.copyOf(partitions);
  }

  /**
   * One phase.
   *
   * @param seconds how long it lasted
   * @param achievedRate records that became complete in it, for each second of it
   */
  public record OfPhase(
      Phase phase,
      double seconds,
      double achievedRate,
      LatencySummary service,
      LatencySummary response) {}

  /**
   * One stage of a record's way: {@code late} (due, and not handed to the producer), {@code send}
   * (until the log had it), {@code open} (until its transaction was committed, where members wait
   * for that), {@code wait} (until the work began), {@code work}, {@code finish} (until it was
   * complete) and {@code commit} (until that was committed).
   */
  public record OfStage(String stage, LatencySummary latency) {}

  /** One partition. */
  public record OfPartition(String partition, LatencySummary service, LatencySummary response) {}

  /** Records that became complete for each second of what was measured; 0 if nothing was. */
  public double achievedRate() {
    double seconds = 0;
    double records = 0;
    for (OfPhase each : phases) {
      if (each.phase().kind() == Phase.Kind.MEASURED) {
        seconds += each.seconds();
        records += each.achievedRate() * each.seconds();
      }
    }
    return seconds == 0 ? 0 : records / seconds;
  }

  /** Records that were due for each second of what was measured; none in a closed loop. */
  public OptionalDouble targetRate() {
    double seconds = 0;
    double records = 0;
    for (OfPhase each : phases) {
      if (each.phase().kind() == Phase.Kind.MEASURED) {
        seconds += each.seconds();
        records += each.phase().fromRate() * each.seconds();
      }
    }
    return seconds == 0 || Double.isNaN(records)
        ? OptionalDouble.empty()
        : OptionalDouble.of(records / seconds);
  }
}
