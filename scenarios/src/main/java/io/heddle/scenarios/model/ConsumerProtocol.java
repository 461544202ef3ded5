package io.heddle.scenarios.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What a group's settings mean by the consumer protocol (KIP-848), so that a scenario runs with
 * either protocol: the times of sessions and heartbeats are the coordinator's there, and a member
 * asks for one of its assignors.
 *
 * @param sessionTimeoutMs how long the coordinator waits for a member's heartbeat
 * @param heartbeatIntervalMs how often members send one
 */
public record ConsumerProtocol(int sessionTimeoutMs, int heartbeatIntervalMs) {
  /**
   * The time between two assignments in milliseconds, {@code
   * group.consumer.assignment.interval.ms}. With Kafka's default of a second a member that was put
   * out and comes back before the next assignment gets the epoch that it had, so that what it sent
   * to be committed before counts again, although its partitions have been taken from it.
   */
  public static final int ASSIGNMENT_INTERVAL_MS = 0;

  private static final List<String> COORDINATORS =
      List.of(
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
  private static final int SESSION_MS = 45_000;
  private static final int HEARTBEAT_MS = 5_000;

  /** The coordinator's part, with its defaults for what the group does not set. */
  public static ConsumerProtocol of(Group group) {
    int session = millis(group, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
    int heartbeat =
        millis(
            group,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            Math.min(HEARTBEAT_MS, Math.max(1, session / 3)));
    for (String name : COORDINATORS) {
      for (Map.Entry<String, SortedMap<String, String>> member : group.memberConfig().entrySet()) {
        Require.that(
            !member.getValue().containsKey(name),
            "group.member-config."
                + member.getKey()
                + "."
                + name
                + " must not be given: by the consumer protocol it is the coordinator's, and is"
                + " set in group.config");
      }
    }
    Require.that(
        heartbeat < session,
        "group.config.heartbeat.interval.ms must be less than session.timeout.ms (by the consumer"
            + " protocol the coordinator's "
            + SESSION_MS
            + " unless given), was "
            + heartbeat);
    return new ConsumerProtocol(session, heartbeat);
  }

  private static int millis(Group group, String name, int usual) {
    String value = group.config().get(name);
    return value == null ? usual : Integer.parseInt(value.strip());
  }

  /** The members' part of a consumer's settings. */
  public static SortedMap<String, String> client(SortedMap<String, String> all) {
    SortedMap<String, String> settings = new TreeMap<>(all);
    settings.remove(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
    settings.remove(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
    String assignors = settings.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    if (assignors != null && assignors.contains("RangeAssignor")) {
      settings.putIfAbsent(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
    }
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    return settings;
  }

  /** The coordinator's part as a broker's properties. */
  public Map<String, String> server() {
    Map<String, String> properties = new TreeMap<>();
    String session = Integer.toString(sessionTimeoutMs);
    String heartbeat = Integer.toString(heartbeatIntervalMs);
    properties.put("group.consumer.session.timeout.ms", session);
    properties.put("group.consumer.min.session.timeout.ms", session);
    properties.put("group.consumer.heartbeat.interval.ms", heartbeat);
    properties.put("group.consumer.min.heartbeat.interval.ms", heartbeat);
    properties.put(
        "group.consumer.assignment.interval.ms", Integer.toString(ASSIGNMENT_INTERVAL_MS));
    return properties;
  }
}
