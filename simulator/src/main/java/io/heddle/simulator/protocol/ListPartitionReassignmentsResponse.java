package io.heddle.simulator.protocol;

/** None is ever being moved. */
public record ListPartitionReassignmentsResponse(ErrorCode error) implements Response {}
