package io.heddle.simulator.protocol;

/** The member's assignment, in Kafka's encoding. */
public record SyncGroupResponse(
    ErrorCode error, String protocolType, String protocolName, GroupBytes assignment)
    implements Response {}
