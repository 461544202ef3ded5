@NullMarked
package io.heddle.engine;

import org.jspecify.annotations.NullMarked;
