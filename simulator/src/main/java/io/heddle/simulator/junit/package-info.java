/**
 * Tests of Kafka applications on a simulated Kafka, with JUnit Jupiter 5.13 or newer, which the
 * application's build brings along.
 */
@NullMarked
package io.heddle.simulator.junit;

import org.jspecify.annotations.NullMarked;
