/** Turns values into bytes and back. */
@NullMarked
package io.heddle.engine.codec;

import org.jspecify.annotations.NullMarked;
