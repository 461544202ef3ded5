/** Races inside one step of the engine, tried by jcstress in every way the hardware can. */
@NullMarked
package io.heddle.engine;

import org.jspecify.annotations.NullMarked;
