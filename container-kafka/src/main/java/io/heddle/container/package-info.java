/** A real Kafka in a container. */
@NullMarked
package io.heddle.container;

import org.jspecify.annotations.NullMarked;
