/** Chance: every draw of a run goes through one {@code Choices}. */
@NullMarked
package io.heddle.simulator.choice;

import org.jspecify.annotations.NullMarked;
