package io.heddle.simulator.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** An admin client's configuration, checked by kafka-clients' own {@code AdminClientConfig}. */
record AdminSettings(AdminClientConfig config, String clientId, ClientTimes times, int retries) {
  private static final long MILLI = 1_000_000;

  static AdminSettings of(Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    if (all.containsKey(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG)) {
      throw Refusal.notModelled(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG);
    }
    all.putIfAbsent(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "simulated:9092");
    AdminClientConfig config = new AdminClientConfig(all);
    UnmodelledSettings.check(config, AdminClientConfig.configDef());
    long requestTimeoutMs = config.getInt(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG);
    long apiTimeoutMs = config.getInt(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
    if (apiTimeoutMs < requestTimeoutMs) {
      // As kafka-clients does: a default for one must not contradict the other that was chosen.
      if (properties.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)) {
        throw new org.apache.kafka.common.config.ConfigException(
            "The specified value of default.api.timeout.ms must be no smaller than the value of"
                + " request.timeout.ms.");
      }
      apiTimeoutMs = requestTimeoutMs;
    }
    String clientId = config.getString(AdminClientConfig.CLIENT_ID_CONFIG);
    return new AdminSettings(
        config,
        clientId.isEmpty() ? "adminclient" : clientId,
        new ClientTimes(
            requestTimeoutMs * MILLI,
            apiTimeoutMs * MILLI,
            config.getLong(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG) * MILLI,
            config.getLong(AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG) * MILLI,
            config.getLong(AdminClientConfig.METADATA_MAX_AGE_CONFIG) * MILLI),
        config.getInt(AdminClientConfig.RETRIES_CONFIG));
  }
}
