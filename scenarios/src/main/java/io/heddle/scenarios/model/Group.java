package io.heddle.scenarios.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The consumer group under test. Its members are called {@code m1}, {@code m2}, and so on.
 *
 * @param members 1 to 1,000
 * @param stagger scenario time between the starts of one member and the next
 * @param config settings of Kafka's consumer by Kafka's names, in alphabetical order
 * @param memberConfig settings of single members, which count for more than those of all
 * @param isStatic whether each member's name is its {@code group.instance.id}, so that it keeps its
 *     partitions over a restart
 */
public record Group(
    String id,
    int members,
    Duration stagger,
    SortedMap<String, String> config,
    SortedMap<String, SortedMap<String, String>> memberConfig,
    boolean isStatic) {
  private static final Map<String, String> SET_ELSEWHERE =
      Map.of(
          ConsumerConfig.GROUP_ID_CONFIG, "group.id is set by the field id of group",
          ConsumerConfig.GROUP_PROTOCOL_CONFIG, "it is set by the field protocol of kafka",
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "the runner sets it",
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "a member has none; leave it out",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "the runner sets it",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "the runner sets it");

  private static final KafkaSettings SETTINGS =
      new KafkaSettings("consumer", ConsumerConfig.configDef(), SET_ELSEWHERE);

  /** One member with Kafka's own defaults. */
  public static final Group DEFAULT = new Group("heddle", 1, Duration.ZERO, new TreeMap<>());

  /** Copies the settings; refuses names and values that Kafka's consumer would refuse. */
  public Group {
    Require.name("id", id);
    Require.between("members", members, 1, 1_000);
    Require.notNegative("stagger", stagger);
    config = checked("config", config);
    Require.that(
        !config.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        "config.group.instance.id must not be given: the field static gives each member its own");
    SortedMap<String, SortedMap<String, String>> single = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, String>> entry : memberConfig.entrySet()) {
      String name = entry.getKey();
      Require.that(
          names(members).contains(name),
          "member-config must be of members, which are m1 to m" + members + ", was of " + name);
      single.put(name, checked("member-config." + name, entry.getValue()));
    }
    memberConfig = Collections.unmodifiableSortedMap(single);
    Require.distinct("member-config.*.group.instance.id", instances(members, single, isStatic));
  }

  /** Dynamic members, all alike. */
  public Group(String id, int members, Duration stagger, SortedMap<String, String> config) {
    this(id, members, stagger, config, new TreeMap<>(), false);
  }

  private static SortedMap<String, String> checked(String field, SortedMap<String, String> given) {
    SortedMap<String, String> settings = SETTINGS.checked(field, given);
    String automatic = ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
    Require.that(
        !Boolean.parseBoolean(settings.getOrDefault(automatic, "").strip()),
        field + "." + automatic + " must be false, as the engine makes the commits, was true");
    return settings;
  }

  private static List<String> names(int members) {
    return IntStream.rangeClosed(1, members).mapToObj(i -> "m" + i).toList();
  }

  private static List<String> instances(
      int members, SortedMap<String, SortedMap<String, String>> single, boolean isStatic) {
    return names(members).stream()
        .map(
            name ->
                single
                    .getOrDefault(name, new TreeMap<>())
                    .getOrDefault(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, isStatic ? name : ""))
        .filter(instance -> !instance.isEmpty())
        .toList();
  }

  /** The members' names, in order. */
  public List<String> memberNames() {
    return names(members);
  }

  /** The settings of a member's consumer. */
  public SortedMap<String, String> configOf(String member) {
    SortedMap<String, String> settings = new TreeMap<>(config);
    if (isStatic) {
      settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
    }
    settings.putAll(memberConfig.getOrDefault(member, new TreeMap<>()));
    return settings;
  }

  /** Whether a member has a {@code group.instance.id}. */
  public boolean isStatic(String member) {
    return isStatic
        || memberConfig
            .getOrDefault(member, new TreeMap<>())
            .containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
  }

  /** The same with another number of members; settings of those that are no more are left out. */
  public Group withMembers(int count) {
    SortedMap<String, SortedMap<String, String>> left = new TreeMap<>(memberConfig);
    left.keySet().retainAll(names(count));
    return new Group(id, count, stagger, config, left, isStatic);
  }

  /** The same with other settings of all members. */
  public Group withConfig(SortedMap<String, String> settings) {
    return new Group(id, members, stagger, settings, memberConfig, isStatic);
  }

  /** The same with other settings of single members. */
  public Group withMemberConfig(SortedMap<String, SortedMap<String, String>> settings) {
    return new Group(id, members, stagger, config, settings, isStatic);
  }

  /** The same with other times between the starts of members. */
  public Group withStagger(Duration time) {
    return new Group(id, members, time, config, memberConfig, isStatic);
  }

  /** The same with static members, or with dynamic ones. */
  public Group withStatic(boolean value) {
    return new Group(id, members, stagger, config, memberConfig, value);
  }
}
