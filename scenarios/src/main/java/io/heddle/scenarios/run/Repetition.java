package io.heddle.scenarios.run;

import io.heddle.scenarios.result.RunResult.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs something that has been run a second time: what does not have the same history again is of
 * no use as a failure, and of none as a run that passed. Has no state.
 */
public final class Repetition {
  /** What a run is said to break that is another one the second time. */
  public static final String BROKEN = "not-deterministic";

  private static final int TRIES = 3;
  private static final String OVER = "(it is over)";

  private Repetition() {}

  /** A run that can be made again and again. */
  @FunctionalInterface
  public interface Run {
    /**
     * Runs.
     *
     * @param trace told each line of the trace, if somebody wants them
     * @return the hash of the trace; empty if real time cut the run off, so that nothing can be
     *     said of it
     */
    Optional<String> hash(Optional<Consumer<String>> trace) throws Exception;
  }

  /** Runs twice; empty if that is the same history. */
  public static Optional<Violation> check(Run run) throws Exception {
    Optional<String> first = run.hash(Optional.empty());
    return first.isPresent() ? check(first.get(), run) : Optional.empty();
  }

  /**
   * Runs once more.
   *
   * @param hash of the trace of the first time
   * @return what is different; empty if that is the same history
   */
  public static Optional<Violation> check(String hash, Run run) throws Exception {
    Optional<String> again = run.hash(Optional.empty());
    if (again.isEmpty() || again.get().equals(hash)) {
      return Optional.empty();
    }
    String message = "two runs of one seed are two histories (" + hash + ", " + again.get() + "); ";
    return Optional.of(new Violation(BROKEN, message + difference(run), 0, List.of()));
  }

  /** Lines cost much more than a hash: they are written only once it is known that they differ. */
  private static String difference(Run run) throws Exception {
    List<String> first = lines(run);
    for (int i = 0; i < TRIES; i++) {
      List<String> second = lines(run);
      for (int line = 0; line < Math.max(first.size(), second.size()); line++) {
        String one = line < first.size() ? first.get(line) : OVER;
        String other = line < second.size() ? second.get(line) : OVER;
        if (!one.equals(other)) {
          return "from line %d of the trace on: %s | %s"
              .formatted(line + 1, one.strip(), other.strip());
        }
      }
    }
    return "more runs, of which the traces were written, were alike";
  }

  private static List<String> lines(Run run) throws Exception {
    List<String> lines = new ArrayList<>();
    var unused = run.hash(Optional.of(lines::add));
    return lines;
  }
}
