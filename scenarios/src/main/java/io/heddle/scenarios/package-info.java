@NullMarked
package io.heddle.scenarios;

import org.jspecify.annotations.NullMarked;
