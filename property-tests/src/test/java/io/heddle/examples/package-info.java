/** Small applications, as a user would write them, and the tests that run them. */
@NullMarked
package io.heddle.examples;

import org.jspecify.annotations.NullMarked;
