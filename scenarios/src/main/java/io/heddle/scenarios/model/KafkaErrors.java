package io.heddle.scenarios.model;

import static io.heddle.scenarios.model.Api.FETCH;
import static io.heddle.scenarios.model.Api.FIND_COORDINATOR;
import static io.heddle.scenarios.model.Api.HEARTBEAT;
import static io.heddle.scenarios.model.Api.JOIN_GROUP;
import static io.heddle.scenarios.model.Api.LEAVE_GROUP;
import static io.heddle.scenarios.model.Api.LIST_OFFSETS;
import static io.heddle.scenarios.model.Api.METADATA;
import static io.heddle.scenarios.model.Api.OFFSET_COMMIT;
import static io.heddle.scenarios.model.Api.OFFSET_FETCH;
import static io.heddle.scenarios.model.Api.PRODUCE;
import static io.heddle.scenarios.model.Api.SYNC_GROUP;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The errors that a fault can answer with, by Kafka's names, and to which requests. */
public final class KafkaErrors {
  private static final Set<Api> ANY = EnumSet.allOf(Api.class);
  private static final Set<Api> MEMBERSHIP =
      EnumSet.of(JOIN_GROUP, SYNC_GROUP, HEARTBEAT, LEAVE_GROUP, OFFSET_COMMIT, OFFSET_FETCH);
  private static final Set<Api> COORDINATOR =
      EnumSet.of(
          FIND_COORDINATOR,
          JOIN_GROUP,
          SYNC_GROUP,
          HEARTBEAT,
          LEAVE_GROUP,
          OFFSET_COMMIT,
          OFFSET_FETCH);
  private static final Set<Api> LEADER = EnumSet.of(PRODUCE, FETCH, LIST_OFFSETS, METADATA);
  private static final TreeMap<String, Set<Api>> ANSWERS_TO =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("COORDINATOR_NOT_AVAILABLE", COORDINATOR),
              Map.entry("NOT_COORDINATOR", COORDINATOR),
              Map.entry("COORDINATOR_LOAD_IN_PROGRESS", COORDINATOR),
              Map.entry("REBALANCE_IN_PROGRESS", MEMBERSHIP),
              Map.entry("ILLEGAL_GENERATION", MEMBERSHIP),
              Map.entry("UNKNOWN_MEMBER_ID", MEMBERSHIP),
              Map.entry("NOT_LEADER_OR_FOLLOWER", LEADER),
              Map.entry("LEADER_NOT_AVAILABLE", LEADER),
              Map.entry("KAFKA_STORAGE_ERROR", LEADER),
              Map.entry("OFFSET_OUT_OF_RANGE", EnumSet.of(FETCH, LIST_OFFSETS)),
              Map.entry("NOT_ENOUGH_REPLICAS", EnumSet.of(PRODUCE)),
              Map.entry("UNKNOWN_TOPIC_OR_PARTITION", ANY),
              Map.entry("REQUEST_TIMED_OUT", ANY),
              Map.entry("NETWORK_EXCEPTION", ANY)));

  private KafkaErrors() {}

  /** All of them, in alphabetical order. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(ANSWERS_TO.keySet()));
  }

  /** Whether a broker may answer a request with this error. */
  public static boolean answers(String error, Api api) {
    Set<Api> apis = ANSWERS_TO.get(error);
    return apis != null && apis.contains(api);
  }
}
