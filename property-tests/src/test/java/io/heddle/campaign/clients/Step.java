package io.heddle.campaign.clients;

/**
 * One thing that a client of a trace does; the same on both sides.
 *
 * @param api what is called, for example {@code Consumer.seek}
 * @param text the call as it is printed, with the names that the trace uses
 * @param act does it and says what came of it
 */
record Step(String api, String text, Act act) {
  /** What a step does. */
  @FunctionalInterface
  interface Act {
    /** Does it; what it throws is its outcome too. */
    String on(Stage stage) throws Exception;
  }

  @Override
  public String toString() {
    return text;
  }
}
