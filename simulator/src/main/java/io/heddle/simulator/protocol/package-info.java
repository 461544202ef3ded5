/**
 * Kafka's protocol in records of our own: one request and one response record for each API, with
 * Kafka's names, fields and error codes. What these records cannot say, no client of the simulator
 * can ask and no fault can change.
 */
@NullMarked
package io.heddle.simulator.protocol;

import org.jspecify.annotations.NullMarked;
