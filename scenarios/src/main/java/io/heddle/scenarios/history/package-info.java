/** Histories as files: one fact a line, in JSON. The format is in docs/HISTORY.md. */
@NullMarked
package io.heddle.scenarios.history;

import org.jspecify.annotations.NullMarked;
