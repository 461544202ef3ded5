package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/**
 * A real Kafka to run on.
 *
 * @param label what reports call it: {@code embedded} or {@code HOST:PORT}
 * @param suffix what makes names of topics and groups this run's own
 */
public record RealTarget(String label, String bootstrapServers, String suffix) {
  private static final int TIMEOUT_SECONDS = 15;

  /** Kafka did not answer, or refused; the message is for the user. */
  public static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Map<String, Object> clientConfig() {
    Map<String, Object> config = new TreeMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    return config;
  }

  /** A name of this run's own. */
  String named(String name) {
    return name + suffix;
  }

  void createTopics(Scenario scenario) throws Unavailable, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : scenario.topics()) {
      topics.add(new NewTopic(named(topic.name()), topic.partitions(), (short) -1));
    }
    call(admin -> admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }

  void deleteTopics(Scenario scenario) throws Unavailable, InterruptedException {
    List<String> names = scenario.topics().stream().map(Topic::name).map(this::named).toList();
    call(admin -> admin.deleteTopics(names).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }

  private interface AdminCall {
    Object on(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
  }

  private void call(AdminCall call) throws Unavailable, InterruptedException {
    Map<String, Object> config = clientConfig();
    config.put("default.api.timeout.ms", TIMEOUT_SECONDS * 1_000 - 1_000);
    config.put("request.timeout.ms", TIMEOUT_SECONDS * 1_000 / 3);
    try (Admin admin = Admin.create(config)) {
      var unused = call.on(admin);
    } catch (ExecutionException failed) {
      throw unavailable(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException | KafkaException failed) {
      throw unavailable(failed);
    }
  }

  private Unavailable unavailable(Throwable why) {
    Throwable root = why;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean silent = root instanceof org.apache.kafka.common.errors.TimeoutException;
    return new Unavailable(
        "Kafka at "
            + bootstrapServers
            + (silent ? " does not answer: " : " refuses: ")
            + root.getMessage(),
        why);
  }
}
