package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.simulator.history.Fact;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The records of a run that became dead letters, as far as its members tell, held against the
 * letters that there are in the end. Thread-safe.
 */
final class DeadLetters {
  private final Promises promises;
  private final Set<String> told = new ConcurrentSkipListSet<>();
  private final Set<String> found = new ConcurrentSkipListSet<>();
  private final Set<String> removed = new ConcurrentSkipListSet<>();

  DeadLetters(Promises promises) {
    this.promises = promises;
  }

  /** The engine says that it has sent it. */
  void told(ConsumerRecord<?, ?> input) {
    told.add(place(input.topic(), "" + input.partition(), "" + input.offset()));
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

  /** A letter that is there. */
  void read(ConsumerRecord<byte[], byte[]> letter) {
    found.add(
        place(header(letter, "topic"), header(letter, "partition"), header(letter, "offset")));
  }

  /** All letters have been read. */
  void judge() {
    for (String place : told) {
      promises.check(
          found.contains(place) || removed.contains(place),
          "dead-letters",
          () -> "there is no dead letter of the record " + place);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader("heddle.dead-letter." + name);
    return header == null ? "?" : new String(header.value(), UTF_8);
  }

  private static String place(String topic, String partition, String offset) {
    return topic + "-" + partition + "@" + offset;
  }
}
