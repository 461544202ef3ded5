package io.heddle.simulator.core;

import org.jspecify.annotations.Nullable;

/**
 * By whom something on the timeline is done.
 *
 * @param owner held back while this process is paused, dropped when it has crashed; null for the
 *     cluster
 * @param actor in whose turn it is done; null for the owner's own
 */
record Doer(@Nullable SimProcess owner, @Nullable Actor actor) {}
