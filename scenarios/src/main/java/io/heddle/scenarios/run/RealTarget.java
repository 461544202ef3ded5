package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * A real Kafka to run on.
 *
 * @param label what reports call it: {@code embedded} or {@code HOST:PORT}
 * @param properties of all clients, for TLS and SASL for example
 * @param suffix what makes names of topics and groups this run's own
 */
public record RealTarget(
    String label, String bootstrapServers, Map<String, String> properties, String suffix) {
  /** Copies the properties. */
  public RealTarget {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  private static final int TIMEOUT_SECONDS = 15;
  private static final int BROKERS_DEFAULT = -1;

  /** Kafka did not answer, or refused; the message is for the user. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Map<String, Object> clientConfig() {
    Map<String, Object> config = new TreeMap<>(properties);
    config.put("bootstrap.servers", bootstrapServers);
    return config;
  }

  /** A consumer with this configuration. */
  Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    Map<String, Object> all = clientConfig();
    all.putAll(config);
    return new KafkaConsumer<>(all);
  }

  /** An admin client with this configuration. */
  Admin admin(Map<String, Object> config) {
    Map<String, Object> all = clientConfig();
    all.putAll(config);
    return Admin.create(all);
  }

  /** A name of this run's own. */
  String named(String name) {
    return name + suffix;
  }

  void createTopics(Scenario scenario) throws Unavailable, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : scenario.topics()) {
      topics.add(
          new NewTopic(
                  named(topic.name()),
                  topic.partitions(),
                  (short) topic.replication().orElse(BROKERS_DEFAULT))
              .configs(topic.config()));
    }
    Engine engine = scenario.engine();
    engine
        .outputTopic()
        .ifPresent(
            outputs ->
                topics.add(
                    new NewTopic(
                        named(outputs), engine.outputPartitions(), (short) BROKERS_DEFAULT)));
    scenario
        .engine()
        .store()
        .filter(store -> !store.create())
        .ifPresent(
            store ->
                topics.add(
                    new NewTopic(
                            named(store.changeLog()),
                            scenario.topics().get(0).partitions(),
                            (short) store.replication().orElse(BROKERS_DEFAULT))
                        .configs(StoredOffsets.topic(store))));
    scenario
        .engine()
        .deadLetters()
        .forEach(letters -> topics.add(new NewTopic(named(letters), 1, (short) BROKERS_DEFAULT)));
    call(admin -> admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }

  void deleteTopics(Scenario scenario) throws Unavailable, InterruptedException {
    List<String> names =
        new ArrayList<>(scenario.topics().stream().map(Topic::name).map(this::named).toList());
    scenario.engine().outputTopic().ifPresent(outputs -> names.add(named(outputs)));
    scenario.engine().changeLog().ifPresent(changeLog -> names.add(named(changeLog)));
    scenario.engine().deadLetters().forEach(letters -> names.add(named(letters)));
    call(admin -> admin.deleteTopics(names).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }

  private interface AdminCall {
    Object on(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
  }

  private void call(AdminCall call) throws Unavailable, InterruptedException {
    Map<String, Object> config = clientConfig();
    config.put("default.api.timeout.ms", TIMEOUT_SECONDS * 1_000 - 1_000);
    config.put("request.timeout.ms", TIMEOUT_SECONDS * 1_000 / 3);
    try (Admin admin = made(config)) {
      var unused = call.on(admin);
    } catch (ExecutionException failed) {
      throw unavailable(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException | KafkaException failed) {
      throw unavailable(failed);
    }
  }

  /** Clients are made before anybody is asked: what is wrong then is wrong with the settings. */
  private Admin made(Map<String, Object> config) throws Unavailable {
    try {
      return Admin.create(config);
    } catch (KafkaException wrong) {
      Throwable root = wrong;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String why =
          root instanceof java.nio.file.NoSuchFileException
              ? "there is no file " + root.getMessage()
              : root.getMessage();
      throw new Unavailable("no client can be made for " + bootstrapServers + ": " + why, wrong);
    }
  }

  /** Fails if Kafka has refused. */
  void check(Optional<Throwable> refusal) throws Unavailable {
    if (refusal.isPresent()) {
      throw unavailable(refusal.get());
    }
  }

  /** The name without what makes it this run's own. */
  String plain(String name) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }

  private Unavailable unavailable(Throwable why) {
    Throwable root = why;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    // Where this machine is very busy, the wait ends before the client's own time-out has struck.
    boolean waited = root instanceof TimeoutException;
    boolean silent = waited || root instanceof org.apache.kafka.common.errors.TimeoutException;
    return new Unavailable(
        "Kafka at "
            + bootstrapServers
            + (silent ? " does not answer: " : " refuses: ")
            + (waited ? "there is no answer after " + TIMEOUT_SECONDS + " s" : root.getMessage()),
        why);
  }
}
