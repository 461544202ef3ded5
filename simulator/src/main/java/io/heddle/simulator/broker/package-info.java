/**
 * Kafka's brokers in memory: topics and their logs, the group coordinator, and one handler for each
 * request. Nothing here knows of threads, networks or clients: a request comes in, state changes,
 * and a reply goes out, at once or when a timer or another request says so. Not thread-safe: one
 * event loop owns a cluster.
 */
@NullMarked
package io.heddle.simulator.broker;

import org.jspecify.annotations.NullMarked;
