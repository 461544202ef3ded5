package io.heddle.simulator.protocol;

/** The coordinator's broker id, or -1. */
public record FindCoordinatorResponse(ErrorCode error, int nodeId) implements Response {}
