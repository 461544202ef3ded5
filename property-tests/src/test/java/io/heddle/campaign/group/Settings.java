package io.heddle.campaign.group;

import io.heddle.simulator.broker.ClusterSettings;
import io.heddle.simulator.broker.ConsumerGroupSettings;
import io.heddle.simulator.broker.GroupSettings;
import io.heddle.simulator.broker.TransactionSettings;
import java.util.HashMap;
import java.util.Map;

/** How both sides are set up. */
record Settings(GroupSettings groups) {
  private static final int WEEKS_MS = Integer.MAX_VALUE;

  Map<String, Object> forKafka() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("group.min.session.timeout.ms", groups.minSessionTimeoutMs());
    settings.put("group.max.session.timeout.ms", groups.maxSessionTimeoutMs());
    settings.put("group.initial.rebalance.delay.ms", groups.initialRebalanceDelayMs());
    settings.put("group.max.size", groups.maxSize());
    settings.put("offset.metadata.max.bytes", groups.offsetMetadataMaxBytes());
    ConsumerGroupSettings consumers = groups.consumer();
    settings.put("group.consumer.session.timeout.ms", consumers.sessionTimeoutMs());
    settings.put("group.consumer.min.session.timeout.ms", consumers.sessionTimeoutMs());
    settings.put("group.consumer.heartbeat.interval.ms", consumers.heartbeatIntervalMs());
    settings.put("group.consumer.min.heartbeat.interval.ms", consumers.heartbeatIntervalMs());
    settings.put("group.consumer.assignment.interval.ms", consumers.assignmentIntervalMs());
    settings.put("group.consumer.max.size", consumers.maxSize());
    settings.put("group.consumer.regex.refresh.interval.ms", consumers.regexRefreshIntervalMs());
    // The simulator refuses by name what the other policies allow.
    settings.put("group.consumer.migration.policy", "disabled");
    // The simulator keeps offsets and empty groups for ever.
    settings.put("offsets.retention.check.interval.ms", (long) WEEKS_MS);
    return settings;
  }

  ClusterSettings forSimulator() {
    return ClusterSettings.defaults()
        .withAutoCreateTopics(false)
        .withGroups(groups)
        .withTransactions(
            TransactionSettings.defaults()
                .withMaxTimeoutMs(WEEKS_MS)
                .withTimeoutCheckIntervalMs(WEEKS_MS));
  }

  /** For how long a transaction may be open: nobody but its producer ends it. */
  int transactionTimeoutMs() {
    return WEEKS_MS;
  }
}
