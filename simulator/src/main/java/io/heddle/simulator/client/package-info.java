/** Kafka's {@code Consumer}, {@code Producer} and {@code Admin} on the simulated network. */
@NullMarked
package io.heddle.simulator.client;

import org.jspecify.annotations.NullMarked;
