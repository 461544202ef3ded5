package io.heddle.campaign.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** A producer of a trace, and the sends of which it has not told yet. */
final class ProducerActor {
  // For all that is waited for at once: less than the time after which kafka-clients' sender looks
  // after what it has without being woken.
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long SETTLING_NANOS = 50_000_000;

  final String name;
  final Producer<String, String> producer;
  final Optional<String> transactionalId;

  /** Whether nobody tells it what came of what it sends (acks=0). */
  final boolean unanswered;

  private final Side side;
  private final Set<String> known = new TreeSet<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  /** A record under way; {@link #came} is set by {@link #end}. */
  private static final class Sent {
    private final String label;
    private final Future<RecordMetadata> future;
    private final List<String> told;
    private String came = "";

    Sent(String label, Future<RecordMetadata> future, List<String> told) {
      this.label = label;
      this.future = future;
      this.told = told;
    }

    /** Waits for its end, and says whether it has failed. */
    boolean end(long patienceNanos) throws InterruptedException {
      try {
        came = place(future.get(Math.max(0, patienceNanos), TimeUnit.NANOSECONDS));
        return false;
      } catch (java.util.concurrent.ExecutionException failed) {
        came = Failure.of(failed);
      } catch (java.util.concurrent.TimeoutException never) {
        came = "not done";
      }
      return true;
    }

    @Override
    public String toString() {
      return label + " -> " + came + (told.equals(List.of(came)) ? "" : ", told " + told);
    }
  }

  /** A record that was refused by an exception; the producer may have kept it all the same. */
  private record Refused(String label, List<String> told) {
    @Override
    public String toString() {
      return label + ", refused, told " + told;
    }
  }

  ProducerActor(
      String name,
      Producer<String, String> producer,
      Optional<String> transactionalId,
      boolean unanswered,
      Side side) {
    this.name = name;
    this.producer = producer;
    this.transactionalId = transactionalId;
    this.unanswered = unanswered;
    this.side = side;
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

  /**
   * Lets a transactional producer hear of the topic. What it refuses stays with it until its sender
   * is woken, and the answer about a topic wakes the sender beside the one who sends.
   */
  void know(String topic) {
    if (transactionalId.isPresent() && known.add(topic)) {
      try {
        producer.partitionsFor(topic);
      } catch (KafkaException closed) {
        // It will not send either.
        return;
      }
      settle();
    }
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
      String before = told.isEmpty() ? "" : ", told " + List.copyOf(told);
      refused.add(new Refused(label, told));
      return label + " throws " + Failure.of(thrown) + before + "; ";
    }
  }

  /**
   * Waits for everything that was sent, and tells in the order of the calls; then of what was
   * refused and has been told of since.
   */
  String await() throws InterruptedException {
    boolean failed = !refused.isEmpty();
    long deadline = side.nanoTime() + PATIENCE_NANOS;
    for (Sent each : sent) {
      failed |= each.end(deadline - side.nanoTime());
    }
    if (failed) {
      settle();
    }
    List<String> outcomes = new ArrayList<>();
    sent.forEach(each -> outcomes.add(each.toString()));
    sent.clear();
    refused.stream().filter(it -> !it.told().isEmpty()).forEach(it -> outcomes.add(it.toString()));
    refused.removeIf(it -> !it.told().isEmpty());
    return String.join("; ", outcomes);
  }

  /**
   * Lets a producer do what it does of its own accord: one that cannot go on tells, with its next
   * turn, once more of what it has refused; and what is full goes.
   */
  void settle() {
    side.rest(SETTLING_NANOS);
  }
}
