/** Load: how much is sent when, and what is measured of it. */
@NullMarked
package io.heddle.scenarios.load;

import org.jspecify.annotations.NullMarked;
