/** What happened in a run: the facts that checkers judge. */
@NullMarked
package io.heddle.simulator.history;

import org.jspecify.annotations.NullMarked;
