package io.heddle.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes change logs that are missing, and refuses those that are not as they have to be: with
 * another partition count state would be looked for in the wrong place, and without compaction it
 * would get lost. Of the restore thread.
 */
final class ChangeLogs {
  /** Makes a call until it has an answer. */
  interface Caller {
    <T> T insist(Supplier<T> call);
  }

  private final EventSourceConfig config;
  private final KafkaClients clients;
  private final List<StoreHandle<?>> handles;
  private final Caller caller;

  ChangeLogs(
      EventSourceConfig config, KafkaClients clients, List<StoreHandle<?>> handles, Caller caller) {
    this.config = config;
    this.clients = clients;
    this.handles = handles;
    this.caller = caller;
  }

  /** Returns when all change logs can be used: how many partitions each has. */
  int prepare(Consumer<byte[], byte[]> consumer) {
    if (clients.admins().isPresent()) {
      try (Admin admin = clients.admins().get().get()) {
        return prepare(topic -> partitions(admin, topic), admin);
      }
    } else {
      return prepare(topic -> partitions(consumer, topic), null);
    }
  }

  /** What only an admin client can tell of a change log. */
  record Details(Optional<Uuid> topicId, Duration tombstonesKept) {}

  /** Looks up the details of these change logs; without an admin client, what can be supposed. */
  Map<String, Details> details(Collection<StoreConfig> stores) {
    Map<String, Details> found = new LinkedHashMap<>();
    if (clients.admins().isPresent()) {
      try (Admin admin = clients.admins().get().get()) {
        for (StoreConfig store : stores) {
          Uuid topicId = caller.insist(() -> described(admin, store.changeLog())).topicId();
          ConfigEntry kept = configEntry(admin, store, TopicConfig.DELETE_RETENTION_MS_CONFIG);
          found.put(
              store.changeLog(),
              new Details(
                  topicId.equals(Uuid.ZERO_UUID) ? Optional.empty() : Optional.of(topicId),
                  kept == null ? store.tombstonesKept() : millis(kept.value())));
        }
      }
    } else {
      for (StoreConfig store : stores) {
        found.put(store.changeLog(), new Details(Optional.empty(), store.tombstonesKept()));
      }
    }
    return found;
  }

  private static Duration millis(String value) {
    return Duration.ofMillis(Long.parseLong(value));
  }

  private static TopicDescription described(Admin admin, String topic) {
    return answer(() -> admin.describeTopics(List.of(topic)).allTopicNames())
        .map(topics -> topics.get(topic))
        .orElseThrow(() -> new UnknownTopicOrPartitionException(topic));
  }

  private interface Counting {
    /** How many partitions a topic has, zero if it does not exist. */
    int of(String topic);
  }

  private int prepare(Counting partitions, @Nullable Admin admin) {
    String topic = config.topics().get(0);
    int expected = caller.insist(() -> partitions.of(topic));
    for (StoreHandle<?> handle : handles) {
      StoreConfig store = handle.config();
      int found = caller.insist(() -> partitions.of(store.changeLog()));
      if (found == 0 && (!store.create() || admin == null)) {
        throw new ChangeLogException(store, "must exist, since it is not to be created");
      }
      if (found == 0 && admin != null) {
        create(admin, store, expected);
        found = caller.insist(() -> existing(partitions, store.changeLog()));
      }
      if (found != expected) {
        throw new ChangeLogException(
            store,
            "must have as many partitions as topic '%s' (%d), has %d"
                .formatted(topic, expected, found));
      }
      if (admin != null) {
        checkCompaction(admin, store);
      }
    }
    return expected;
  }

  private static int existing(Counting partitions, String topic) {
    int found = partitions.of(topic);
    if (found == 0) {
      // It was made, but not every broker has heard of it.
      throw new UnknownTopicOrPartitionException(topic);
    }
    return found;
  }

  private void create(Admin admin, StoreConfig store, int partitions) {
    NewTopic topic =
        new NewTopic(store.changeLog(), Optional.of(partitions), store.replicationFactor())
            .configs(store.topicConfig());
    caller.insist(
        () -> {
          try {
            Optional<Void> made = answer(() -> admin.createTopics(List.of(topic)).all());
            return made.isEmpty();
          } catch (TopicExistsException e) {
            // Another member was faster; whether it is as it has to be is looked at next.
            return true;
          }
        });
  }

  private void checkCompaction(Admin admin, StoreConfig store) {
    ConfigEntry entry = configEntry(admin, store, TopicConfig.CLEANUP_POLICY_CONFIG);
    if (entry == null || !StoreConfig.COMPACT.equals(entry.value())) {
      throw new ChangeLogException(
          store,
          "must have cleanup.policy=compact, has '%s'"
              .formatted(entry == null ? "" : entry.value()));
    }
  }

  private @Nullable ConfigEntry configEntry(Admin admin, StoreConfig store, String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, store.changeLog());
    Optional<Map<ConfigResource, Config>> told =
        caller.insist(() -> answer(() -> admin.describeConfigs(List.of(resource)).all()));
    return told.map(configs -> configs.get(resource))
        .map(configs -> configs.get(name))
        .orElse(null);
  }

  private static int partitions(Admin admin, String topic) {
    try {
      return answer(() -> admin.describeTopics(List.of(topic)).allTopicNames())
          .map(topics -> topics.get(topic))
          .map(description -> description.partitions().size())
          .orElse(0);
    } catch (UnknownTopicOrPartitionException e) {
      return 0;
    }
  }

  private int partitions(Consumer<byte[], byte[]> consumer, String topic) {
    Duration timeout = config.commitTimeout();
    Collection<PartitionInfo> found = consumer.partitionsFor(topic, timeout);
    return found == null ? 0 : found.size();
  }

  /** The answer to a call, whose failure is thrown as it is. */
  private static <T> Optional<T> answer(Supplier<KafkaFuture<T>> call) {
    try {
      return Optional.ofNullable(call.get().get());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new KafkaException("a call of the admin client failed", e);
    }
  }
}
