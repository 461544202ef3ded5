package io.heddle.simulator.protocol;

/** Whether all is well, or what has happened to the group. */
public record HeartbeatResponse(ErrorCode error) implements Response {}
