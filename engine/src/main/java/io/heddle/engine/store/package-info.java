/**
 * State stores that are ready-made: ordered by key, typed by codecs, in memory or on a table of
 * yours.
 */
@NullMarked
package io.heddle.engine.store;

import org.jspecify.annotations.NullMarked;
