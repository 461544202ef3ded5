package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A producer of a trace, and the sends of which it has not told yet. */
final class ProducerActor {
  private static final long PATIENCE_SECONDS = 30;

  final String name;
  final Producer<String, String> producer;
  final Optional<String> transactionalId;

  /** Whether nobody tells it what came of what it sends (acks=0). */
  final boolean unanswered;

  private boolean inTransaction;
  private final List<Sent> sent = new ArrayList<>();

  /** A record under way. */
  private static final class Sent {
    private final String label;
    private final Future<RecordMetadata> future;
    private final List<String> told;

    Sent(String label, Future<RecordMetadata> future, List<String> told) {
      this.label = label;
      this.future = future;
      this.told = told;
    }

    String outcome() throws InterruptedException {
      String came;
      try {
        came = place(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      } catch (java.util.concurrent.ExecutionException failed) {
        came = Failure.of(failed);
      } catch (java.util.concurrent.TimeoutException never) {
        came = "not done";
      }
      return label + " -> " + came + (told.equals(List.of(came)) ? "" : ", told " + told);
    }
  }

  ProducerActor(
      String name,
      Producer<String, String> producer,
      Optional<String> transactionalId,
      boolean unanswered) {
    this.name = name;
    this.producer = producer;
    this.transactionalId = transactionalId;
    this.unanswered = unanswered;
  }

  private static String place(RecordMetadata metadata) {
    String offset = metadata.hasOffset() ? String.valueOf(metadata.offset()) : "?";
    String time =
        metadata.hasTimestamp() && Times.isExplicit(metadata.timestamp())
            ? " at " + metadata.timestamp()
            : "";
    return metadata.topic()
        + "-"
        + metadata.partition()
        + "@"
        + offset
        + time
        + " "
        + metadata.serializedKeySize()
        + "+"
        + metadata.serializedValueSize();
  }

  /** A transaction has begun, or ended. */
  void inTransaction(boolean value) {
    inTransaction = value;
  }

  /** Whether what is sent has a transaction, if it needs one. */
  boolean maySend() {
    return transactionalId.isEmpty() || inTransaction;
  }

  /** Sends; what comes of it is told by {@link #await}. */
  String send(ProducerRecord<String, String> record, String label) {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    try {
      sent.add(
          new Sent(
              label,
              producer.send(
                  record,
                  (metadata, failure) ->
                      told.add(failure == null ? place(metadata) : Failure.of(failure))),
              told));
      return "";
    } catch (RuntimeException thrown) {
      return label
          + " throws "
          + Failure.of(thrown)
          + (told.isEmpty() ? "" : ", told " + told)
          + "; ";
    }
  }

  /** Waits for everything that was sent, and tells in the order of the calls. */
  String await() throws InterruptedException {
    List<String> outcomes = new ArrayList<>();
    for (Sent each : sent) {
      outcomes.add(each.outcome());
    }
    sent.clear();
    return String.join("; ", outcomes);
  }
}
