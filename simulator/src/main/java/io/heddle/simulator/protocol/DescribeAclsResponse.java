package io.heddle.simulator.protocol;

/** Why not: there is no authorizer. */
public record DescribeAclsResponse(ErrorCode error) implements Response {}
