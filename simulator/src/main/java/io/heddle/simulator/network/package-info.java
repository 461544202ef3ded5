/** The network between clients and brokers, and the faults that befall it. */
@NullMarked
package io.heddle.simulator.network;

import org.jspecify.annotations.NullMarked;
