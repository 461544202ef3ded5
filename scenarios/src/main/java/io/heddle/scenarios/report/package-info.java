/** What a run leaves behind to be looked at: bounded in memory however long the run was. */
@NullMarked
package io.heddle.scenarios.report;

import org.jspecify.annotations.NullMarked;
