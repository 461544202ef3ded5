/** Runs scenarios: on the simulated Kafka in virtual time, or on a real one. */
@NullMarked
package io.heddle.scenarios.run;

import org.jspecify.annotations.NullMarked;
