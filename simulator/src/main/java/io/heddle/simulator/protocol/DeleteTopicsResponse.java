package io.heddle.simulator.protocol;

import java.util.Map;

/** What became of each topic. */
public record DeleteTopicsResponse(Map<String, ErrorCode> topics) implements Response {}
