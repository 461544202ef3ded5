/**
 * Virtual time and the threads that live in it: the timeline of events, simulated processes, and
 * the JDK's executors, locks and clocks on them.
 */
@NullMarked
package io.heddle.simulator.core;

import org.jspecify.annotations.NullMarked;
