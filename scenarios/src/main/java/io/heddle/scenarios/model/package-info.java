/**
 * A scenario as a value: what a run does, what goes wrong in it and what has to hold. A file, a
 * generator and the command line all make the same {@link io.heddle.scenarios.model.Scenario}.
 *
 * <p>Messages of refused values start with the path of the field as a file spells it, such as
 * {@code faults[1].member}.
 */
@NullMarked
package io.heddle.scenarios.model;

import org.jspecify.annotations.NullMarked;
