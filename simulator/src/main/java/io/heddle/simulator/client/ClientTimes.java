package io.heddle.simulator.client;

/**
 * Times that every kind of client is configured with, in nanoseconds.
 *
 * @param retryBackoffNanos what a client waits for between two attempts, or begins with
 * @param retryBackoffMaxNanos what {@link Backoff} grows to at most
 */
record ClientTimes(
    long requestTimeoutNanos,
    long defaultApiTimeoutNanos,
    long retryBackoffNanos,
    long retryBackoffMaxNanos,
    long metadataMaxAgeNanos) {}
