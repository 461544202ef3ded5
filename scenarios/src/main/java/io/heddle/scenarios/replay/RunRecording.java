package io.heddle.scenarios.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.file.ScenarioReader;
import io.heddle.scenarios.file.ScenarioWriter;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.result.RunResult;
import io.heddle.scenarios.run.RunOptions;
import io.heddle.scenarios.run.ScenarioRunner;
import io.heddle.simulator.choice.Recording;
import io.heddle.simulator.choice.RecordingChoices;
import io.heddle.simulator.choice.ReplayedChoices;
import io.heddle.simulator.choice.SeededChoices;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A run on the simulated Kafka, decision by decision. With a seed alone, a run is had again only as
 * long as the code draws what it drew; a recording says what was drawn, and where a run by other
 * code stops asking for the same.
 *
 * @param version of the program that ran it
 * @param seed that it ran with
 * @param scenario as a file, with every default filled in
 * @param traceHash of its trace
 * @param violation the first one, if there was one
 * @param choices all decisions
 */
public record RunRecording(
    String version,
    long seed,
    String scenario,
    String traceHash,
    Optional<String> violation,
    Recording choices) {
  private static final int HASH_DIGITS = 16;

  /** A run and its recording. */
  public record Recorded(RunResult result, RunRecording recording) {}

  /**
   * A recording's run again.
   *
   * @param divergence where it first asked for something that the recording does not hold, or left
   *     off asking
   */
  public record Replayed(RunResult result, Optional<String> divergence) {}

  /** Runs a scenario, and takes down what is decided. */
  public static Recorded record(Scenario scenario, long seed, String version, RunOptions options)
      throws Exception {
    RecordingChoices choices = new RecordingChoices(new SeededChoices(seed));
    RunResult result = ScenarioRunner.simulate(scenario, seed, choices, options);
    return new Recorded(
        result,
        new RunRecording(
            version,
            seed,
            ScenarioWriter.write(scenario),
            String.valueOf(result.traceHash()),
            result.violations().stream().findFirst().map(RunResult.Violation::invariant),
            choices.recording()));
  }

  /** Runs the recorded scenario with the recorded decisions. */
  public Replayed replay(RunOptions options) throws Exception {
    return replay(ScenarioReader.read("the recorded scenario", scenario.getBytes(UTF_8)), options);
  }

  /** Runs another scenario, a changed one for example, with the recorded decisions. */
  public Replayed replay(Scenario other, RunOptions options) throws Exception {
    ReplayedChoices replayed = new ReplayedChoices(choices);
    RecordingChoices asked = new RecordingChoices(replayed);
    RunResult result = ScenarioRunner.simulate(other, seed, asked, options);
    Optional<String> divergence = replayed.divergence();
    return new Replayed(
        result, divergence.isPresent() ? divergence : firstNotAsked(asked.recording()));
  }

  private Optional<String> firstNotAsked(Recording asked) {
    for (Map.Entry<String, Recording.Draws> stream : choices.streams().entrySet()) {
      Recording.Draws draws = asked.streams().get(stream.getKey());
      int count = draws == null ? 0 : draws.size();
      if (count < stream.getValue().size()) {
        return Optional.of(
            "diverged at draw "
                + count
                + " of stream "
                + stream.getKey()
                + ": the run ended without it, and "
                + stream.getValue().size()
                + " were recorded");
      }
    }
    return Optional.empty();
  }

  /** What tells this scenario from others, whatever it is called: a hash of all its settings. */
  public static String hash(String scenario) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(scenario.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  /** The hash of the recorded scenario. */
  public String scenarioHash() {
    return hash(scenario);
  }
}
