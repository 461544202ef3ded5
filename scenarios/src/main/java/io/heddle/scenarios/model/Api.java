package io.heddle.scenarios.model;

import java.util.Arrays;
import java.util.Optional;

/** The requests that faults can be injected into, by Kafka's names. */
public enum Api {
  PRODUCE("Produce"),
  FETCH("Fetch"),
  LIST_OFFSETS("ListOffsets"),
  METADATA("Metadata"),
  FIND_COORDINATOR("FindCoordinator"),
  JOIN_GROUP("JoinGroup"),
  SYNC_GROUP("SyncGroup"),
  HEARTBEAT("Heartbeat"),
  LEAVE_GROUP("LeaveGroup"),
  CONSUMER_GROUP_HEARTBEAT("ConsumerGroupHeartbeat"),
  OFFSET_COMMIT("OffsetCommit"),
  OFFSET_FETCH("OffsetFetch"),
  OFFSET_FOR_LEADER_EPOCH("OffsetForLeaderEpoch"),
  INIT_PRODUCER_ID("InitProducerId"),
  TXN_OFFSET_COMMIT("TxnOffsetCommit"),
  END_TXN("EndTxn");

  private final String label;

  Api(String label) {
    this.label = label;
  }

  /** Kafka's name for it, such as {@code OffsetCommit}. */
  public String label() {
    return label;
  }

  /** The request with this label. */
  public static Optional<Api> of(String label) {
    return Arrays.stream(values()).filter(api -> api.label.equals(label)).findFirst();
  }
}
