/**
 * Judges a run by its facts. {@link io.heddle.simulator.check.Checks} folds them one at a time
 * through a checker for each {@link io.heddle.simulator.check.Invariant}; an application says what
 * it does through an {@link io.heddle.simulator.check.Observer}.
 *
 * <p>The rules common to all checkers: nothing is deleted, only interpreted; work without an end is
 * an interval that is still open; what a member reports after its crash is not heard; and a checker
 * that saw nothing to judge says so instead of passing.
 */
@NullMarked
package io.heddle.simulator.check;

import org.jspecify.annotations.NullMarked;
