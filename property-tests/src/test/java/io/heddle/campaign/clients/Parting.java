package io.heddle.campaign.clients;

/**
 * Where the two sides part.
 *
 * @param index which step of the trace it is
 * @param kafka what came of it on the real broker
 * @param simulator what came of it on the simulated one
 */
record Parting(int index, Step step, String kafka, String simulator) {
  /** What sort of difference it is, so that many of them can be counted. */
  String kind() {
    return step.api() + ": Kafka " + shape(kafka) + ", simulator " + shape(simulator);
  }

  private static String shape(String outcome) {
    String shape = outcome.replaceAll("[0-9]+", "0").replaceAll("(\\w+-0\\S* ?)+", "… ");
    return shape.length() <= 80 ? shape : shape.substring(0, 80) + "…";
  }

  String describe() {
    return String.join(
        System.lineSeparator(),
        "step " + index + ": " + step,
        "  Kafka:     " + kafka,
        "  simulator: " + simulator);
  }
}
