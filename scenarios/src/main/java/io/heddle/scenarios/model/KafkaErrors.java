package io.heddle.scenarios.model;

import static io.heddle.scenarios.model.Api.CONSUMER_GROUP_HEARTBEAT;
import static io.heddle.scenarios.model.Api.END_TXN;
import static io.heddle.scenarios.model.Api.FETCH;
import static io.heddle.scenarios.model.Api.FIND_COORDINATOR;
import static io.heddle.scenarios.model.Api.HEARTBEAT;
import static io.heddle.scenarios.model.Api.INIT_PRODUCER_ID;
import static io.heddle.scenarios.model.Api.JOIN_GROUP;
import static io.heddle.scenarios.model.Api.LEAVE_GROUP;
import static io.heddle.scenarios.model.Api.LIST_OFFSETS;
import static io.heddle.scenarios.model.Api.METADATA;
import static io.heddle.scenarios.model.Api.OFFSET_COMMIT;
import static io.heddle.scenarios.model.Api.OFFSET_FETCH;
import static io.heddle.scenarios.model.Api.OFFSET_FOR_LEADER_EPOCH;
import static io.heddle.scenarios.model.Api.PRODUCE;
import static io.heddle.scenarios.model.Api.SYNC_GROUP;
import static io.heddle.scenarios.model.Api.TXN_OFFSET_COMMIT;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The errors that a fault can answer with, by Kafka's names, and to which requests. */
public final class KafkaErrors {
  private static final Set<Api> TRANSACTIONS =
      EnumSet.of(INIT_PRODUCER_ID, TXN_OFFSET_COMMIT, END_TXN);
  private static final Set<Api> ANY = any();
  private static final Set<Api> MEMBERSHIP =
      EnumSet.of(
          JOIN_GROUP,
          SYNC_GROUP,
          HEARTBEAT,
          LEAVE_GROUP,
          OFFSET_COMMIT,
          OFFSET_FETCH,
          TXN_OFFSET_COMMIT);
  private static final Set<Api> COORDINATOR =
      EnumSet.of(
          CONSUMER_GROUP_HEARTBEAT,
          FIND_COORDINATOR,
          JOIN_GROUP,
          SYNC_GROUP,
          HEARTBEAT,
          LEAVE_GROUP,
          OFFSET_COMMIT,
          OFFSET_FETCH,
          INIT_PRODUCER_ID,
          TXN_OFFSET_COMMIT,
          END_TXN);
  private static final Set<Api> LEADER = EnumSet.of(PRODUCE, FETCH, LIST_OFFSETS, METADATA);
  private static final Set<Api> EPOCH = EnumSet.of(FETCH, LIST_OFFSETS, OFFSET_FOR_LEADER_EPOCH);
  private static final TreeMap<String, Set<Api>> ANSWERS_TO =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("COORDINATOR_NOT_AVAILABLE", COORDINATOR),
              Map.entry("NOT_COORDINATOR", COORDINATOR),
              Map.entry("COORDINATOR_LOAD_IN_PROGRESS", COORDINATOR),
              Map.entry("REBALANCE_IN_PROGRESS", MEMBERSHIP),
              Map.entry("ILLEGAL_GENERATION", MEMBERSHIP),
              Map.entry("UNKNOWN_MEMBER_ID", members()),
              Map.entry("FENCED_INSTANCE_ID", members()),
              Map.entry("FENCED_MEMBER_EPOCH", EnumSet.of(CONSUMER_GROUP_HEARTBEAT)),
              Map.entry("STALE_MEMBER_EPOCH", EnumSet.of(OFFSET_COMMIT, OFFSET_FETCH)),
              Map.entry("GROUP_MAX_SIZE_REACHED", EnumSet.of(JOIN_GROUP, CONSUMER_GROUP_HEARTBEAT)),
              Map.entry("UNSTABLE_OFFSET_COMMIT", EnumSet.of(OFFSET_FETCH)),
              Map.entry("NOT_LEADER_OR_FOLLOWER", leaders()),
              Map.entry("LEADER_NOT_AVAILABLE", LEADER),
              Map.entry("KAFKA_STORAGE_ERROR", leaders()),
              Map.entry("FENCED_LEADER_EPOCH", EPOCH),
              Map.entry("UNKNOWN_LEADER_EPOCH", EPOCH),
              Map.entry("OFFSET_NOT_AVAILABLE", EPOCH),
              Map.entry("OFFSET_OUT_OF_RANGE", EnumSet.of(FETCH, LIST_OFFSETS)),
              Map.entry("PRODUCER_FENCED", EnumSet.of(INIT_PRODUCER_ID, END_TXN)),
              Map.entry("CONCURRENT_TRANSACTIONS", EnumSet.of(INIT_PRODUCER_ID, END_TXN)),
              Map.entry("NOT_ENOUGH_REPLICAS", EnumSet.of(PRODUCE)),
              Map.entry("NOT_ENOUGH_REPLICAS_AFTER_APPEND", EnumSet.of(PRODUCE)),
              Map.entry("OUT_OF_ORDER_SEQUENCE_NUMBER", EnumSet.of(PRODUCE)),
              Map.entry("UNKNOWN_PRODUCER_ID", EnumSet.of(PRODUCE)),
              Map.entry("INVALID_PRODUCER_EPOCH", producers()),
              Map.entry("TRANSACTION_ABORTABLE", producers()),
              Map.entry("UNKNOWN_TOPIC_OR_PARTITION", ANY),
              Map.entry("UNKNOWN_TOPIC_ID", EnumSet.of(PRODUCE, FETCH, METADATA)),
              Map.entry("REQUEST_TIMED_OUT", ANY),
              Map.entry("NETWORK_EXCEPTION", ANY)));

  private KafkaErrors() {}

  private static Set<Api> any() {
    EnumSet<Api> apis = EnumSet.complementOf(EnumSet.copyOf(TRANSACTIONS));
    apis.remove(CONSUMER_GROUP_HEARTBEAT);
    return apis;
  }

  private static Set<Api> members() {
    EnumSet<Api> apis = EnumSet.copyOf(MEMBERSHIP);
    apis.add(CONSUMER_GROUP_HEARTBEAT);
    return apis;
  }

  private static Set<Api> leaders() {
    EnumSet<Api> apis = EnumSet.copyOf(LEADER);
    apis.add(OFFSET_FOR_LEADER_EPOCH);
    return apis;
  }

  private static Set<Api> producers() {
    EnumSet<Api> apis = EnumSet.copyOf(TRANSACTIONS);
    apis.add(PRODUCE);
    return apis;
  }

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
