package io.heddle.simulator.protocol;

import java.util.Map;

/** What became of each group. */
public record DeleteGroupsResponse(Map<String, ErrorCode> groups) implements Response {}
