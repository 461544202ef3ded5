/** Micrometer meters of a source. The only package that needs Micrometer on the class path. */
@NullMarked
package io.heddle.engine.micrometer;

import org.jspecify.annotations.NullMarked;
