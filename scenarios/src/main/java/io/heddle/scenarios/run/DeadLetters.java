package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.simulator.history.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * The records of a run that became dead letters, as far as its members tell, held against the
 * letters that there are in the end. Thread-safe.
 */
final class DeadLetters {
  private static final String PREFIX = "heddle.dead-letter.";

  private final Promises promises;
  private final Map<String, Input> told = new ConcurrentSkipListMap<>();
  private final Map<String, List<String>> found = new ConcurrentSkipListMap<>();
  private final Set<String> removed = new ConcurrentSkipListSet<>();
  private final List<Fact.Truncated> losses = new CopyOnWriteArrayList<>();

  private record Input(
      TopicPartition partition, long offset, int leaderEpoch, List<String> headers) {
    static Input of(ConsumerRecord<?, ?> record) {
      return new Input(
          new TopicPartition(record.topic(), record.partition()),
          record.offset(),
          record.leaderEpoch().orElse(-1),
          headersOf(record));
    }

    boolean isBehind(Fact.Truncated loss) {
      return partition.equals(loss.partition()) && offset >= loss.endOffset();
    }

    /** Whether it was written before the loss, as far as that can be told. */
    boolean isLost(Fact.Truncated loss) {
      return isBehind(loss) && leaderEpoch >= 0 && leaderEpoch < loss.leaderEpoch();
    }
  }

  DeadLetters(Promises promises) {
    this.promises = promises;
  }

  /** The engine says that it has sent it. */
  void told(ConsumerRecord<?, ?> input) {
    Input record = Input.of(input);
    if (losses.stream().noneMatch(record::isLost)) {
      told.put(place(input.topic(), "" + input.partition(), "" + input.offset()), record);
    }
  }

  /** Whoever has it now has succeeded, so that no letter of it needs to be there. */
  void recovered(ConsumerRecord<?, ?> input) {
    if (!told.isEmpty()) {
      told.remove(place(input.topic(), "" + input.partition(), "" + input.offset()));
    }
  }

  /** Nobody can read these records again, to send what whoever had them died with. */
  void removed(Fact.Removed gone) {
    for (long offset = gone.fromOffset(); offset < gone.toOffset(); offset++) {
      removed.add(place(gone.partition().topic(), "" + gone.partition().partition(), "" + offset));
    }
  }

  /** Nobody can read what was cut off again either; what comes in its place is another record. */
  void truncated(Fact.Truncated loss) {
    if (!loss.deletion()) {
      losses.add(loss);
      var unused = told.values().removeIf(record -> record.isBehind(loss));
    }
  }

  /** A letter that is there. */
  void read(ConsumerRecord<byte[], byte[]> letter) {
    found.put(
        place(header(letter, "topic"), header(letter, "partition"), header(letter, "offset")),
        headersOf(letter));
  }

  /** All letters have been read. */
  void judge() {
    told.forEach(
        (place, input) -> {
          List<String> headers = found.get(place);
          promises.check(
              headers != null || removed.contains(place),
              "dead-letters",
              () -> "there is no dead letter of the record " + place);
          // What was cut off may have had a letter, and another record its place.
          promises.check(
              headers == null || !losses.isEmpty() || headers.equals(input.headers()),
              "dead-letters",
              () ->
                  "the dead letter of the record %s has the headers %s, not %s"
                      .formatted(place, headers, input.headers()));
        });
  }

  /** Without those that the engine adds. */
  private static List<String> headersOf(ConsumerRecord<?, ?> record) {
    List<String> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(PREFIX)) {
        headers.add(header.key() + "=" + new String(header.value(), UTF_8));
      }
    }
    return headers;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(PREFIX + name);
    return header == null ? "?" : new String(header.value(), UTF_8);
  }

  private static String place(String topic, String partition, String offset) {
    return topic + "-" + partition + "@" + offset;
  }
}
