/** A deterministic Kafka in memory: one seed is one history. */
@NullMarked
package io.heddle.simulator;

import org.jspecify.annotations.NullMarked;
