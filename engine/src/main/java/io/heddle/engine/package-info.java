/**
 * Processes Kafka partitions as many keys at once, each key in order, with commits in order.
 *
 * <p>Start with {@link io.heddle.engine.EventSource} and {@link
 * io.heddle.engine.AsyncJobScheduler}.
 */
@NullMarked
package io.heddle.engine;

import org.jspecify.annotations.NullMarked;
