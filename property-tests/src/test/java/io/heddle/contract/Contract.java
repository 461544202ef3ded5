package io.heddle.contract;

/** A set of promises of Kafka, each of which is tried on the Kafka of whoever implements this. */
interface Contract {
  /** What tries one promise. */
  @FunctionalInterface
  interface Body {
    /** Tries it. */
    void on(KafkaArm kafka) throws Exception;
  }

  /** Runs the body with a Kafka. */
  void run(Body body) throws Exception;
}
