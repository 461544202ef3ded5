package io.heddle.cli;

import io.heddle.scenarios.replay.RunRecording;

/**
 * What else than the seed decides a run.
 *
 * @param version of this program
 * @param scenarioHash of the scenario with every default filled in
 */
record Identity(String version, String scenarioHash) {
  static Identity of(String explained) {
    return new Identity(Version.text(), RunRecording.hash(explained));
  }

  /** In a line. */
  String words(long seed) {
    return "with heddle " + version + ", scenario " + scenarioHash + ", seed " + seed;
  }
}
