/** What a run leaves behind: a line for each event and a hash over all of them. */
@NullMarked
package io.heddle.simulator.trace;

import org.jspecify.annotations.NullMarked;
