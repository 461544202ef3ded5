package io.heddle.simulator.network;

import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.protocol.Request;

/** One request on its way from a client to a broker, as a fault rule sees it. */
public record Exchange(
    long atNanos, SimProcess process, String clientId, int broker, Request request) {}
