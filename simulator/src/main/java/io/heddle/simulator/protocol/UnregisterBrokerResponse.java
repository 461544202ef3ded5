package io.heddle.simulator.protocol;

/** Whether the broker is forgotten; an empty message where the error says it all. */
public record UnregisterBrokerResponse(ErrorCode error, String message) implements Response {}
