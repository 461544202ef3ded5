/** A real Kafka inside this JVM. */
@NullMarked
package io.heddle.embedded;

import org.jspecify.annotations.NullMarked;
