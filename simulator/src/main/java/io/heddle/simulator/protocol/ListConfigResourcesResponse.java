package io.heddle.simulator.protocol;

import java.util.List;
import org.apache.kafka.common.config.ConfigResource;

/** What can have settings of its own. */
public record ListConfigResourcesResponse(ErrorCode error, List<ConfigResource> resources)
    implements Response {}
