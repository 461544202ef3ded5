package io.heddle.campaign;

/** Why the simulator may answer differently from Kafka, and when; each has a test on both sides. */
public interface Explanation {
  /** The API whose answers differ, in Kafka's spelling. */
  String api();

  /** In what situation, as a sentence. */
  String when();

  /** How the answers differ and why the simulator is left as it is. */
  String why();

  /** The test that shows it on both sides: class and method. */
  String test();
}
