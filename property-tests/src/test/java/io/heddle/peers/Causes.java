package io.heddle.peers;

import java.util.Map;

/** What was found to be behind the failures, by looking into runs of each kind. */
final class Causes {
  static final String UNKNOWN = "not looked into yet";

  /** Numbers with a # are of Parallel Consumer's trackers. */
  private static final String TWO_MOMENTS =
      "the committed offset and the map of what is complete above it, which travels in the commit's"
          + " metadata, are read at two moments. In a run of `black-friday` a map counted from"
          + " offset 88 was committed with offset 90; the next owner takes incomplete records for"
          + " complete ones and skips them (#337 of the fork). In `unclean-election` the log loses"
          + " its tail, and records that take the offsets of lost ones are taken for those, and"
          + " skipped: its offsets are told apart by their number alone";

  private static final String NOT_WAITED_FOR =
      "a revocation does not wait for work under way. The next owner, often the same instance,"
          + " which gets the partition back at once, starts the record again beside it (#365,"
          + " #777)";

  private Causes() {}

  /** By the invariant that is broken. */
  static Map<String, String> of(Contender contender) {
    return switch (contender) {
      case HEDDLE, POLL_LOOP -> Map.of();
      case HEDDLE_REALTIME ->
          Map.of(
              "owner-commit",
              "a commit of the topic as it was arrived when there was a new one, and what was"
                  + " committed next was less. The checker excuses that now"
                  + " (`commit-of-a-deleted-topic`); 36 further runs held.");
      case PARALLEL_CONSUMER ->
          Map.of(
              "key-exclusive",
              NOT_WAITED_FOR + ".",
              "key-order",
              "follows from the overlap of a key with itself.",
              "commit-prefix",
              TWO_MOMENTS + ".",
              "at-least-once",
              "the records that were skipped so are lost.",
              "exactly-once",
              "a transaction holds an output whose record's offset it does not: the result was"
                  + " still on its way when the offsets were collected. If the partition is revoked"
                  + " then, the next owner answers the record again (#466 of the fork).",
              "progress",
              "an asynchronous commit counts as done when it is sent. One that a rebalance or a"
                  + " coordinator refuses is not made again until another record of the partition"
                  + " is complete (`rolling-restart`, `rolling-brokers`, `rebalance-storm`,"
                  + " `refusals`; #470 of the fork). An instance ends for good when its producer is"
                  + " fenced, when a transaction ended on the coordinator's side, or when a"
                  + " transaction's offsets are refused because the group has moved on"
                  + " (`exactly-once`, `late-end`, `producer-fenced`, `store-restore`; in `swarm`"
                  + " when its poll thread failed). In `black-friday` and `unclean-election` it is"
                  + " the skipped records.");
      case PARALLEL_CONSUMER_SYNC ->
          Map.of(
              "key-exclusive",
              NOT_WAITED_FOR + ".",
              "key-order",
              "follows from the overlap of a key with itself.",
              "commit-prefix",
              TWO_MOMENTS + ". In `quickstart` it is the former again.",
              "at-least-once",
              "the records that were skipped so are lost.",
              "progress",
              "an instance ends for good with `Timeout waiting for commit response PT30S`, as many"
                  + " report (#416, #809, #833): in `rolling-restart`, `refusals` and"
                  + " `rebalance-storm`. In `quickstart` and `unclean-election` it is the skipped"
                  + " records.");
    };
  }
}
