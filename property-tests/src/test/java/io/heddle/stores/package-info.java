/** State stores beside a simulated and a real Kafka. */
@NullMarked
package io.heddle.stores;

import org.jspecify.annotations.NullMarked;
