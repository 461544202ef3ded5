package io.heddle.scenarios.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.scenarios.model.EventTypes;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;

/** Which of its records a member has a handler for, as their headers say. */
final class HandledTypes {
  private HandledTypes() {}

  /** The engine owes each record the handler of its type. */
  static void check(
      Promises promises, EventTypes types, String type, ConsumerRecord<byte[], byte[]> input) {
    promises.check(
        typeOf(types, input).filter(type::equals).isPresent(),
        "event-type",
        () ->
            "the handler of '%s' was given a record of %s"
                .formatted(type, typeOf(types, input).orElse("no type")));
  }

  /** Tells of the polled records that no handler will be called for. */
  static void unhandled(
      Optional<EventTypes> types,
      ConsumerRecords<byte[], byte[]> polled,
      Consumer<ConsumerRecord<byte[], byte[]>> told) {
    if (types.isPresent()) {
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        if (typeOf(types.get(), record).filter(types.get().handled()::contains).isEmpty()) {
          told.accept(record);
        }
      }
    }
  }

  /** The last header of a name counts. */
  private static Optional<String> typeOf(EventTypes types, ConsumerRecord<?, ?> record) {
    return Optional.ofNullable(record.headers().lastHeader(types.header()))
        .map(Header::value)
        .map(value -> new String(value, UTF_8));
  }
}
