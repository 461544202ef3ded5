package io.heddle.scenarios.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The places that make a run worth while, which a scenario can ask it to come by. */
public enum CoverageMark {
  ASSIGNMENT,
  COMMIT,
  COMMIT_WHILE_REVOKING,
  CRASH,
  CRASH_WITH_WORK_IN_FLIGHT,
  LOST,
  LOST_WITH_WORK_IN_FLIGHT,
  KEPT_OVER_A_RESTART,
  FENCED_BY_A_TWIN,
  INSTANCE_REFUSED,
  REDELIVERY,
  REVOKE,
  REVOKE_WITH_WORK_IN_FLIGHT,
  REVOKED_PAST_THE_DEADLINE,
  INTAKE_PAUSED,
  INTERJECTION,
  RETRY,
  SKIPPED,
  DEAD_LETTERED,
  UNDECODABLE,
  UNHANDLED,
  TAKEN_BACK,
  STUCK,
  PARTITION_STOPPED,
  TRANSACTION_ABORTED,
  PRODUCER_LOST,
  REGAINED,
  EXPIRED,
  COMPACTED,
  OUTPUT_ABORTED,
  INPUT_ABORTED,
  TRUNCATED,
  TOPIC_DELETED,
  PARTITION_ADDED,
  COMMIT_FAILED,
  COMMIT_BEHIND_A_GAP,
  COMMIT_WENT_BACK,
  STORE_RESTORED,
  STORE_KEPT,
  PAUSED_FOR_IN_FLIGHT,
  PAUSED_FOR_IN_FLIGHT_BYTES,
  PAUSED_FOR_COMMIT_GAP,
  PAUSED_FOR_KEY_QUEUE,
  PAUSED_FOR_KEY_TABLE,
  PAUSED_FOR_BATCH_QUEUE,
  PAUSED_FOR_TRANSACTION;

  /** The name in files, such as {@code commit-behind-a-gap}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of all, in alphabetical order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(CoverageMark::label).sorted().toList();
  }
}
