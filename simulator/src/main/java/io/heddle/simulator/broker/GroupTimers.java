package io.heddle.simulator.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The timers of groups: at most one for each purpose, so that starting one anew replaces it. */
final class GroupTimers {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Surroundings surroundings;
  private final Map<Key, Surroundings.Timer> running = new LinkedHashMap<>();

  GroupTimers(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  void start(Key key, long delayMs, Runnable action) {
    cancel(key);
    running.put(
        key,
        surroundings.after(
            delayMs * NANOS_PER_MILLI,
            () -> {
              running.remove(key);
              action.run();
            }));
  }

  void cancel(Key key) {
    Surroundings.Timer timer = running.remove(key);
    if (timer != null) {
      timer.cancel();
    }
  }

  void cancelAllOf(String groupId) {
    keys().stream().filter(key -> key.groupId().equals(groupId)).forEach(this::cancel);
  }

  /** Those of one member. */
  void cancelAllOf(String groupId, String memberId) {
    cancel(Key.session(groupId, memberId));
    cancel(Key.rebalance(groupId, memberId));
  }

  /** The purposes for which a timer runs. */
  List<Key> keys() {
    return List.copyOf(running.keySet());
  }

  /** What a timer is there for. */
  enum Purpose {
    /** A member, or one to be, was not heard of for too long. */
    SESSION,
    /** The members have had their time to join. */
    JOIN,
    /** The members have had their time to sync. */
    SYNC,
    /** A member of a consumer group has had its time to give partitions up. */
    REBALANCE
  }

  /** A timer's purpose; the member id is empty where a timer is the group's. */
  record Key(Purpose purpose, String groupId, String memberId) {
    static Key session(String groupId, String memberId) {
      return new Key(Purpose.SESSION, groupId, memberId);
    }

    static Key join(String groupId) {
      return new Key(Purpose.JOIN, groupId, "");
    }

    static Key rebalance(String groupId, String memberId) {
      return new Key(Purpose.REBALANCE, groupId, memberId);
    }

    static Key sync(String groupId) {
      return new Key(Purpose.SYNC, groupId, "");
    }
  }
}
