package io.heddle.simulator.client;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidGroupIdException;

/** A consumer's configuration, checked by kafka-clients' own {@code ConsumerConfig}. */
record ConsumerSettings(
    Optional<String> groupId,
    Optional<String> instanceId,
    String clientId,
    ClientTimes times,
    Group group,
    Fetching fetching,
    AutoCommit autoCommit,
    Optional<Reset> reset,
    ConsumerConfig config) {
  private static final long MILLI = 1_000_000;

  /**
   * What the group protocol is configured with.
   *
   * @param consumerProtocol whether it is the consumer protocol (KIP-848), else the classic one
   * @param remoteAssignor the coordinator's assignor that a member of that protocol wants
   */
  record Group(
      boolean consumerProtocol,
      long sessionTimeoutNanos,
      long heartbeatNanos,
      long maxPollNanos,
      List<String> assignors,
      Optional<String> remoteAssignor) {}

  /** What fetching is configured with. */
  record Fetching(
      int minBytes,
      int maxBytes,
      int maxWaitMs,
      int partitionMaxBytes,
      int maxPollRecords,
      IsolationLevel isolation) {}

  /** Whether and how often the consumer commits by itself. */
  record AutoCommit(boolean enabled, long intervalNanos) {}

  static ConsumerSettings of(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putIfAbsent(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "simulated:9092");
    ConsumerConfig config = new ConsumerConfig(all);
    UnmodelledSettings.check(config, ConsumerConfig.configDef());
    check(config);
    return new ConsumerSettings(
        Optional.ofNullable(config.getString(ConsumerConfig.GROUP_ID_CONFIG)),
        Optional.ofNullable(config.getString(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)),
        config.getString(ConsumerConfig.CLIENT_ID_CONFIG),
        new ClientTimes(
            config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG) * MILLI,
            config.getInt(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG) * MILLI,
            config.getLong(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG) * MILLI,
            config.getLong(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG) * MILLI,
            config.getLong(ConsumerConfig.METADATA_MAX_AGE_CONFIG) * MILLI),
        new Group(
            consumerProtocol(config),
            config.getInt(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG) * MILLI,
            config.getInt(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG) * MILLI,
            config.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG) * MILLI,
            config.getList(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG),
            Optional.ofNullable(config.getString(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG))),
        new Fetching(
            config.getInt(ConsumerConfig.FETCH_MIN_BYTES_CONFIG),
            config.getInt(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
            config.getInt(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
            config.getInt(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            config.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            IsolationLevel.valueOf(
                config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG).toUpperCase(Locale.ROOT))),
        new AutoCommit(
            config.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)
                && config.getString(ConsumerConfig.GROUP_ID_CONFIG) != null,
            config.getInt(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG) * MILLI),
        Reset.of(config.getString(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)),
        config);
  }

  /** What kafka-clients finds out beyond {@code ConsumerConfig}, and how it tells of it. */
  private static void check(ConsumerConfig config) {
    String groupId = config.getString(ConsumerConfig.GROUP_ID_CONFIG);
    if (groupId != null && groupId.isBlank()) {
      throw new KafkaException(
          "Failed to construct kafka consumer",
          new InvalidGroupIdException(
              "The configured group.id should not be an empty string or whitespace."));
    }
    if (groupId != null
        && !consumerProtocol(config)
        && config.getInt(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG)
            >= config.getInt(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)) {
      throw new KafkaException(
          "Failed to construct kafka consumer",
          new IllegalArgumentException("Heartbeat must be set lower than the session timeout"));
    }
  }

  /** Whether a topic that is asked for may be made by that. */
  boolean createsTopics() {
    return config.getBoolean(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);
  }

  private static boolean consumerProtocol(ConsumerConfig config) {
    return "consumer".equalsIgnoreCase(config.getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG));
  }

  /** Where the consumer is, if it says so. */
  Optional<String> rack() {
    return Optional.of(config.getString(ConsumerConfig.CLIENT_RACK_CONFIG))
        .filter(it -> !it.isEmpty());
  }
}
