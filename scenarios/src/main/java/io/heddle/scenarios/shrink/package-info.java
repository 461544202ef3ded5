/**
 * Makes a failing scenario small: whatever can be left out, or made plainer, without losing the
 * failure is left out or made plainer.
 */
@NullMarked
package io.heddle.scenarios.shrink;

import org.jspecify.annotations.NullMarked;
