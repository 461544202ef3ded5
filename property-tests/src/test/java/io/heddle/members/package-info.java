/** What the engine does as a static member of a group. */
@NullMarked
package io.heddle.members;

import org.jspecify.annotations.NullMarked;
