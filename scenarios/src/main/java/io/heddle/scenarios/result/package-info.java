/** What came out of a run. */
@NullMarked
package io.heddle.scenarios.result;

import org.jspecify.annotations.NullMarked;
