package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.Node;

/** The brokers, and which of them speaks for the controller, unless all is refused. */
public record DescribeClusterResponse(
    ErrorCode error, List<Node> brokers, int controllerId, String clusterId) implements Response {}
