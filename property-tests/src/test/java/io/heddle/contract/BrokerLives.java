package io.heddle.contract;

/** What makes the brokers 1 and 2 of three go and come back. */
interface BrokerLives {
  /** Stops the broker, which hands its partitions over first. */
  void stop(int broker);

  /** Starts it again. */
  void start(int broker);
}
