package io.heddle.simulator.client;

/** Times that every kind of client is configured with, in nanoseconds. */
record ClientTimes(
    long requestTimeoutNanos,
    long defaultApiTimeoutNanos,
    long retryBackoffNanos,
    long metadataMaxAgeNanos) {}
