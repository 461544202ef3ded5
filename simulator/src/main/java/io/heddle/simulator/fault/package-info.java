/** Faults of a run, planned in the words of a test. */
@NullMarked
package io.heddle.simulator.fault;

import org.jspecify.annotations.NullMarked;
