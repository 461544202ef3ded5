package io.heddle.simulator.broker;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ScramMechanism;

/** What users may log in with by SCRAM: how often the password is hashed, by mechanism. */
final class ScramCredentials {
  private final TreeMap<String, EnumMap<ScramMechanism, Integer>> users = new TreeMap<>();

  /** Those that have a credential, by name. */
  Set<String> users() {
    return Collections.unmodifiableSet(users.keySet());
  }

  /** A copy; empty if the user has none. */
  SortedMap<ScramMechanism, Integer> of(String user) {
    return new TreeMap<>(users.getOrDefault(user, new EnumMap<>(ScramMechanism.class)));
  }

  void put(String user, ScramMechanism mechanism, int iterations) {
    users
        .computeIfAbsent(user, name -> new EnumMap<>(ScramMechanism.class))
        .put(mechanism, iterations);
  }

  void remove(String user, ScramMechanism mechanism) {
    EnumMap<ScramMechanism, Integer> credentials = users.get(user);
    if (credentials == null || credentials.remove(mechanism) == null) {
      throw new IllegalStateException(user + " has no credential of " + mechanism);
    }
    if (credentials.isEmpty()) {
      users.remove(user);
    }
  }
}
