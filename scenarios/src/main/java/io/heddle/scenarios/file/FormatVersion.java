package io.heddle.scenarios.file;

/**
 * Which version of the format a file is written in. A file that does not say so is of the first
 * one, whatever comes after it.
 */
final class FormatVersion {
  private static final long ONLY = 1;

  private FormatVersion() {}

  /** Refuses a file of a version that is not read here, and says what to do about it. */
  static void check(Node.Mapping file) {
    file.entry("version").ifPresent(version -> check(version.value()));
  }

  private static void check(Node node) {
    long version = Quantities.whole(node);
    if (version > ONLY) {
      throw node.fail(
          "must be "
              + ONLY
              + ", the only version that this heddle reads, was "
              + version
              + ": a newer heddle wrote it, and can read it");
    }
    if (version < ONLY) {
      throw node.fail(
          "must be "
              + ONLY
              + ", the first version there is, was "
              + version
              + ": write version: "
              + ONLY
              + ", and what else is to be changed will be named");
    }
  }
}
