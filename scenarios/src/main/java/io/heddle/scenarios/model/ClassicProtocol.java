package io.heddle.scenarios.model;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What Kafka's consumer refuses of a group's settings by the classic protocol. */
final class ClassicProtocol {
  private static final String SESSION = ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
  private static final String HEARTBEAT = ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
  private static final int SESSION_MS = 45_000;
  private static final int HEARTBEAT_MS = 3_000;

  private ClassicProtocol() {}

  static void check(Group group) {
    group.memberNames().forEach(member -> check(group, member));
  }

  private static void check(Group group, String member) {
    SortedMap<String, String> settings = group.configOf(member);
    int session = millis(settings, SESSION, SESSION_MS);
    int heartbeat = millis(settings, HEARTBEAT, HEARTBEAT_MS);
    if (heartbeat < session) {
      return;
    }
    SortedMap<String, String> own = group.memberConfig().getOrDefault(member, new TreeMap<>());
    boolean heartbeatIsOwn = own.containsKey(HEARTBEAT) || !own.containsKey(SESSION);
    // What is told is the one that was written for this member, if only one was; and no heartbeats
    // are so short that they go with a session of no time.
    if (settings.containsKey(HEARTBEAT) && heartbeatIsOwn && session > 1) {
      throw refused(group, member, HEARTBEAT, "less than " + SESSION, session, session - 1L);
    }
    throw refused(group, member, SESSION, "more than " + HEARTBEAT, heartbeat, heartbeat + 1L);
  }

  private static IllegalArgumentException refused(
      Group group, String member, String name, String rule, int other, long nearest) {
    SortedMap<String, String> settings = group.configOf(member);
    SortedMap<String, String> own = group.memberConfig().getOrDefault(member, new TreeMap<>());
    String otherName = name.equals(SESSION) ? HEARTBEAT : SESSION;
    return new IllegalArgumentException(
        "group.%s.%s must be %s (%d%s), was %s; nearest: %d"
            .formatted(
                own.containsKey(name) ? "member-config." + member : "config",
                name,
                rule,
                other,
                settings.containsKey(otherName) ? "" : " unless given",
                String.valueOf(settings.get(name)).strip(),
                nearest));
  }

  private static int millis(SortedMap<String, String> settings, String name, int usual) {
    String value = settings.get(name);
    return value == null ? usual : Integer.parseInt(value.strip());
  }
}
