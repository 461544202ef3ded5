package io.heddle.engine;

import java.time.Duration;

/**
 * A key with more to do than others.
 *
 * @param stage the scheduler or batcher, by its name
 * @param key the key
 * @param jobs jobs or items of the key, running and waiting
 * @param oldest how long ago the first of them was polled, or came into the batcher
 */
public record HotKey(String stage, Object key, int jobs, Duration oldest) {}
