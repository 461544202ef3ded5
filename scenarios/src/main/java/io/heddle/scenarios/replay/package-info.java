/** Runs taken down decision by decision, and run again. */
@NullMarked
package io.heddle.scenarios.replay;

import org.jspecify.annotations.NullMarked;
