package io.heddle.simulator.network;

import io.heddle.simulator.protocol.Response;
import java.util.function.Consumer;

/**
 * A request from the moment it is sent until its client has heard of it.
 *
 * @param disconnected told if the connection breaks first
 */
record Flight(
    Exchange exchange,
    Endpoint from,
    Connection connection,
    Consumer<Response> deliver,
    Runnable disconnected) {}
