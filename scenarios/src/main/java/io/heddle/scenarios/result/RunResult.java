package io.heddle.scenarios.result;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a scenario brought to light.
 *
 * @param scenario the scenario's name
 * @param seed the seed that the run used
 * @param kafka what it ran on: {@code simulated}, {@code simulated-realtime}, {@code embedded} or
 *     {@code HOST:PORT}
 * @param violations ordered by time, then as the file lists the invariants; {@code progress},
 *     {@code threshold:X}, {@code unfired:X} and {@code vacuous:X} are among them
 * @param records how many records the workload appended
 * @param virtualMillis scenario time that passed, in milliseconds
 * @param wallMillis real time that passed, in milliseconds
 * @param traceHash the hash of the trace, in hexadecimal; null in real time, where no two runs are
 *     alike
 * @param service from the start of the work on a record to its end
 * @param response from the intended start (when the record was due to be sent) to completion
 * @param marks coverage marks and how often each was reached
 */
public record RunResult(
    String scenario,
    long seed,
    String kafka,
    List<Violation> violations,
    List<InvariantResult> invariants,
    List<FaultResult> faults,
    long records,
    long virtualMillis,
    long wallMillis,
    @Nullable String traceHash,
    LatencySummary service,
    LatencySummary response,
    SortedMap<String, Long> marks) {

  /** One broken promise. */
  public record Violation(String invariant, String message, long atMillis, List<String> timeline) {}

  /** What became of one invariant: how many facts it judged, and how it came out. */
  public record InvariantResult(String name, long facts, Verdict verdict, @Nullable String note) {}

  /** How often a fault fired; a fault that this Kafka cannot be given is not applied. */
  public record FaultResult(String name, long fired, boolean applied, @Nullable String note) {}

  /** A latency distribution in microseconds. */
  public record LatencySummary(long count, long p50, long p90, long p99, long p999, long max) {
    /** Nothing was measured. */
    public static final LatencySummary EMPTY = new LatencySummary(0, 0, 0, 0, 0, 0);
  }

  /** {@link Verdict#PASSED} if nothing was violated. */
  public Verdict verdict() {
    return violations.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
  }
}
