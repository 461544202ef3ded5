package io.heddle.simulator.protocol;

/** Why not: there is no authorizer. */
public record CreateAclsResponse(ErrorCode error) implements Response {}
