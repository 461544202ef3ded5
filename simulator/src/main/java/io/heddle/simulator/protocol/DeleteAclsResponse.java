package io.heddle.simulator.protocol;

/** Why not: there is no authorizer. */
public record DeleteAclsResponse(ErrorCode error) implements Response {}
