/** Heddle beside the engine a user would pick instead, and beside none. */
@NullMarked
package io.heddle.benchmarks;

import org.jspecify.annotations.NullMarked;
