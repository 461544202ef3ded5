package io.heddle.scenarios.file;

import static io.heddle.scenarios.file.Shapes.anyOf;
import static io.heddle.scenarios.file.Shapes.bytes;
import static io.heddle.scenarios.file.Shapes.duration;
import static io.heddle.scenarios.file.Shapes.flag;
import static io.heddle.scenarios.file.Shapes.list;
import static io.heddle.scenarios.file.Shapes.number;
import static io.heddle.scenarios.file.Shapes.oneOf;
import static io.heddle.scenarios.file.Shapes.scalar;
import static io.heddle.scenarios.file.Shapes.share;
import static io.heddle.scenarios.file.Shapes.whole;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Store;
import io.heddle.simulator.broker.TopicConfig;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The mappings of {@code engine}, as {@link Tables} has the others. */
final class EngineTables {
  static final Table BACKOFF =
      Table.empty()
          .must("first", duration(), "The time before the second attempt.")
          .may("multiplier", number(), "How much longer each further one is, 1 to 100.")
          .may("max", duration(), "The longest; else a hundred times the first.")
          .may("jitter", share(), "By how much it varies both ways.");
  static final Table COMMIT =
      Table.empty()
          .may(
              "every",
              duration(),
              "The time between two commits of a member; not with exactly-once.")
          .may(
              "timeout",
              duration(),
              "How long one may take on revocation or at the end; else as default.api.timeout.ms"
                  + " says.")
          .may(
              "attempts",
              whole(1),
              "How many may fail in a row before the member stops; else as many as it takes; not"
                  + " with exactly-once.")
          .may(
              "backoff",
              anyOf(duration(), BACKOFF.shape()),
              "The time after one that failed; then twice that, and so on; not with exactly-once.")
          .may(
              "metadata",
              bytes(),
              "How much metadata may name what is complete behind a gap, so that nobody does it"
                  + " again; not with exactly-once.")
          .notYet("async");
  static final Table POLL =
      Table.empty()
          .must("timeout", duration(), "How long a poll waits for records, if nobody wakes it.");
  static final Table DRAIN =
      Table.empty()
          .may(
              "policy",
              oneOf(Tables.labels(Engine.Drain.Policy.values(), Engine.Drain.Policy::label)),
              "Which records are finished when a partition is revoked.")
          .may("timeout", duration(), "How long that may take.");
  static final Table EXACTLY_ONCE =
      Table.empty()
          .may("output", scalar(), "The topic that gets one record for each input.")
          .may("partitions", whole(1), "How many partitions it has.")
          .may("batch-delay", duration(), "How long a transaction is open for more.")
          .may("target-size", whole(1), "Events and outputs at which it is committed at once.")
          .may("max-size", whole(1), "Events and outputs not committed at which intake stops.")
          .may("timeout", duration(), "After which the coordinator aborts a transaction.");
  static final Table BATCHER =
      Table.empty()
          .may("max-size", whole(1), "How many items a batch has at most.")
          .may("max-concurrent", whole(1), "How many batches run at once.")
          .may("delay", duration(), "How long an item waits for its batch to fill.")
          .may("max-waiting", whole(1), "How many items wait before intake stops.")
          .may("items", whole(1), "How many items a record is made into, at most.")
          .may(
              "min-items",
              whole(0),
              "How many it is made into at least; as many as items, unless said.")
          .may("errors", share(), "The share of batches that fail; their items say so.");
  static final Table INTERJECTIONS =
      Table.empty()
          .must("every", duration(), "The time between two of them.")
          .may("jitter", duration(), "By how much it varies.")
          .may("service", duration(), "How long every other one of them takes.")
          .may("errors", share(), "The share of attempts that fail, and are made again.")
          .may("asks", share(), "The share of those that ask for more, once.");
  private static final List<String> THENS =
      Tables.labels(OnFailure.Then.values(), OnFailure.Then::label);

  /** For what no scheduler has, so that there is no finalizer to be told. */
  private static final List<String> THENS_WITHOUT_FINALIZER =
      THENS.stream().filter(then -> !then.equals(OnFailure.Then.FINALIZER.label())).toList();

  static final Table ON_FAILURE =
      policy("How many there are in all, the first one included.", "one", THENS)
          .may("topic", scalar(), "Where dead letters go.");
  static final Table ON_UNDECODABLE =
      policy(
              "How often it is tried in all, the first time included.",
              "time",
              THENS_WITHOUT_FINALIZER)
          .may("topic", scalar(), "Where dead letters go.");
  static final Table LIMIT =
      Table.empty()
          .must("after", duration(), "How long it may take.")
          .must("then", oneOf(THENS_WITHOUT_FINALIZER), "What becomes of the record then.")
          .may("topic", scalar(), "Where dead letters go.");
  static final Table PATIENCE =
      Table.empty()
          .may(
              "job-deadline",
              LIMIT.shape(),
              "For one attempt, one batch or a wait for a batch; what runs is left to end, and its"
                  + " key stays taken until then.")
          .may("give-up", LIMIT.shape(), "For a record that holds back its partition's commits.")
          .may(
              "stuck-after",
              duration(),
              "How long such a record does so before it counts as stuck; 0s for never.")
          .may(
              "topic-timeout",
              duration(),
              "How long a topic may be missing before a member stops; 0s for ever.")
          .may(
              "instance-timeout",
              duration(),
              "How long a static member asks for an id that the group keeps for another before it"
                  + " stops; 0s for ever.");
  static final Table ON_LOST_OUTPUT =
      policy(
          "How often it is sent in all, the first time included.",
          "time",
          List.of(OnFailure.Then.STOP_PARTITION.label(), OnFailure.Then.STOP.label()));
  static final Table OUTPUTS =
      Table.empty()
          .may("topic", scalar(), "The topic that gets them.")
          .may("partitions", whole(1), "How many partitions it has.")
          .may("each", whole(1), "How many outputs each record has.")
          .may(
              "on-failure",
              ON_LOST_OUTPUT.shape(),
              "What becomes of one that the producer has given up; else it is sent for ever.");
  static final Table STORE =
      Table.empty()
          .must("change-log", scalar(), "The topic of its changes.")
          .may(
              "on",
              oneOf(Tables.labels(Store.Home.values(), Store.Home::label)),
              "Where a member keeps it. On its disk it is there after a restart, and only what is"
                  + " new is read of the change log.")
          .may(
              "create",
              flag(),
              "Whether the members make the change log; else the runner does, beforehand.")
          .may(
              "replication",
              whole(1),
              "How many replicas the change log has; else as many as the brokers' default.")
          .may("config", Tables.settings(TopicConfig.names()), "Settings of the change log.")
          .may(
              "guard",
              flag(),
              "Whether accesses to an entry out of order stop a member; always with"
                  + " exactly-once.");
  static final Table TYPES =
      Table.empty()
          .may("header", scalar(), "Which header of a record names its type.")
          .must("handled", list(scalar()), "The types that have a handler; others have none.");
  static final Table ENGINE =
      Table.empty()
          .may(
              "mode",
              oneOf(Tables.labels(Engine.Mode.values(), Engine.Mode::label)),
              "How records are worked on.")
          .may(
              "scheduler",
              oneOf(GroupSection.presets()),
              "Of the modes with a scheduler (scheduler, scheduler-async, chained): a preset of its"
                  + " limits.")
          .may("concurrency", whole(1), "Of those modes: how many keys are worked on at once.")
          .may(
              "queue-depth",
              whole(1),
              "Of those modes: how many records of a key wait before intake stops.")
          .may(
              "max-keys", whole(1), "Of those modes: how many keys are queued before intake stops.")
          .may("commit", COMMIT.shape(), "When commits are made.")
          .may("drain", DRAIN.shape(), "What becomes of accepted records.")
          .may("max-in-flight", whole(1), "How many records of a partition are under way.")
          .may("max-in-flight-bytes", bytes(), "How many bytes their keys and values have.")
          .may(
              "max-behind-gap",
              whole(1),
              "How many records are complete behind one that is not, before intake stops.")
          .may("poll", POLL.shape(), "How members ask for records.")
          .may(
              "store",
              anyOf(scalar(), STORE.shape()),
              "A store of the records of each key: its change log, or all that can be said of it.")
          .may("exactly-once", EXACTLY_ONCE.shape(), "Outputs and offsets go in transactions.")
          .may(
              "outputs",
              OUTPUTS.shape(),
              "Outputs that answer each record, without transactions; not beside exactly-once.")
          .may(
              "producer-config",
              Tables.settings(ProducerConfig.configNames()),
              "Settings of Kafka's producer, for the one that writes outputs or the store's"
                  + " changes.")
          .may("batcher", BATCHER.shape(), "Of the modes batcher and batcher-async: their limits.")
          .may("stages", whole(2), "Of the mode chained: how many schedulers.")
          .may(
              "interjections",
              INTERJECTIONS.shape(),
              "What is done for each partition again and again, in order with its records.")
          .may(
              "types",
              TYPES.shape(),
              "Which records have a handler, by a header; without this all have. What has none is"
                  + " left out by on-failure.")
          .may(
              "on-failure",
              ON_FAILURE.shape(),
              "What becomes of work that fails (errors or undecodable of handler, errors of"
                  + " interjections, types without a handler); without this it is tried for ever.")
          .may(
              "on-undecodable",
              ON_UNDECODABLE.shape(),
              "What becomes of records that cannot be decoded, where that is not what on-failure"
                  + " says.")
          .may(
              "patience",
              PATIENCE.shape(),
              "How long is waited for what may never come; without this no record is taken back.")
          .notYet("ordering", "transactions");

  private EngineTables() {}

  /** What is done so often at most, and what then; {@code again} is what an attempt is called. */
  private static Table policy(String attempts, String again, List<String> thens) {
    return Table.empty()
        .must("attempts", whole(1), attempts)
        .may(
            "backoff",
            anyOf(duration(), BACKOFF.shape()),
            "The time before the second "
                + again
                + ", if there is one; then twice that, and so on.")
        .must("then", oneOf(thens), "What is done when the last one has failed.");
  }
}
