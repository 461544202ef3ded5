package io.heddle.campaign.clients;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;

/** The steps of producers, those apart that belong to transactions. */
final class ProducerSteps {
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "key.serializer", StringSerializer.class.getName(),
          "value.serializer", StringSerializer.class.getName(),
          "retry.backoff.ms", "20");

  private ProducerSteps() {}

  /** A record to send, in the trace's names. */
  record Message(
      String topic,
      Optional<Integer> partition,
      Optional<Long> timestamp,
      Optional<String> key,
      String value,
      List<String> headers) {
    ProducerRecord<String, String> in(Stage stage) {
      ProducerRecord<String, String> record =
          new ProducerRecord<>(
              topic.contains("!") ? topic : stage.name(topic),
              partition.orElse(null),
              timestamp.orElse(null),
              key.orElse(null),
              value);
      for (String header : headers) {
        record.headers().add(new RecordHeader(header, header.getBytes(StandardCharsets.UTF_8)));
      }
      return record;
    }

    @Override
    public String toString() {
      return topic
          + partition.map(number -> "-" + number).orElse("")
          + timestamp.map(time -> " at " + time).orElse("")
          + " "
          + key.map(word -> word + "=").orElse("")
          + ConsumerSteps.shorten(value)
          + (headers.isEmpty() ? "" : " " + headers);
    }
  }

  static Step create(String name, Map<String, String> settings) {
    return new Step(
        "Producer.create",
        name + " = producer" + settings,
        stage -> {
          Map<String, Object> properties = new TreeMap<>(DEFAULTS);
          properties.putAll(settings);
          properties.put("client.id", stage.name(name));
          properties.computeIfPresent(
              "transactional.id", (key, value) -> stage.name((String) value));
          stage.add(
              new ProducerActor(
                  name,
                  stage.side().producer(properties),
                  Optional.ofNullable((String) properties.get("transactional.id")),
                  "0".equals(settings.get("acks")),
                  stage.side()));
          return "made";
        });
  }

  /**
   * Sends.
   *
   * @param await whether to wait for what comes of it
   */
  static Step send(String name, List<Message> messages, boolean await) {
    return new Step(
        "Producer.send",
        name + ".send" + messages + (await ? ".get()" : ""),
        stage -> {
          ProducerActor actor = stage.producer(name);
          if (actor.unanswered) {
            return sendUnanswered(stage, actor, messages);
          }
          StringBuilder outcome = new StringBuilder();
          for (Message message : messages) {
            actor.know(stage.name(message.topic()));
            outcome.append(actor.send(message.in(stage), ConsumerSteps.shorten(message.value())));
            if (!await) {
              // Else it would be chance what is there by the time that a full batch goes.
              actor.settle();
            }
          }
          return outcome + (await ? actor.await() : "sent");
        });
  }

  /** What arrives is looked for in the logs. */
  private static String sendUnanswered(Stage stage, ProducerActor actor, List<Message> messages)
      throws InterruptedException {
    long due = stage.logEnds() + messages.size();
    StringBuilder outcome = new StringBuilder();
    for (Message message : messages) {
      outcome.append(actor.send(message.in(stage), ConsumerSteps.shorten(message.value())));
      due -= outcome.toString().contains("throws") ? 1 : 0;
    }
    outcome.append(actor.await());
    long deadline = stage.side().nanoTime() + Stage.PATIENCE_NANOS;
    while (stage.logEnds() < due && stage.side().nanoTime() < deadline) {
      stage.side().pause();
    }
    return outcome.toString();
  }

  static Step flush(String name) {
    return new Step(
        "Producer.flush",
        name + ".flush()",
        stage -> {
          ProducerActor actor = stage.producer(name);
          actor.producer.flush();
          return actor.await();
        });
  }

  static Step partitionsFor(String name, String topic) {
    return new Step(
        "Producer.partitionsFor",
        name + ".partitionsFor(" + topic + ")",
        stage ->
            stage.producer(name).producer.partitionsFor(stage.name(topic)).size() + " partitions");
  }

  static Step close(String name, Duration timeout) {
    return new Step(
        "Producer.close",
        name + ".close(" + timeout.toMillis() + " ms)",
        stage -> {
          ProducerActor actor = stage.producer(name);
          actor.producer.close(timeout);
          return "closed; " + actor.await();
        });
  }
}
