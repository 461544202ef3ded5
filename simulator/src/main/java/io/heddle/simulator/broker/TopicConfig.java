package io.heddle.simulator.broker;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * The configs of a topic: Kafka's names, bounds and defaults. Those that say what happens to a log
 * are obeyed; those that can make no difference here ({@link #WITHOUT_EFFECT}) are taken and kept;
 * all others are refused by name.
 *
 * <p>Immutable.
 */
public final class TopicConfig {
  /** The size of a segment, without {@code segment.bytes}' lower bound; Kafka's own, for tests. */
  public static final String INTERNAL_SEGMENT_BYTES = "internal.segment.bytes";

  /** About files, indexes and flushes: nothing that a client could see. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "file.delete.delay.ms",
          "flush.messages",
          "flush.ms",
          "index.interval.bytes",
          "preallocate",
          "segment.index.bytes");

  private static final List<String> NOT_MODELLED =
      List.of(
          "compression.gzip.level",
          "compression.lz4.level",
          "compression.type",
          "compression.zstd.level",
          "follower.replication.throttled.replicas",
          "leader.replication.throttled.replicas",
          "local.retention.bytes",
          "local.retention.ms",
          "remote.log.copy.disable",
          "remote.log.delete.on.disable",
          "remote.storage.enable",
          "segment.jitter.ms");

  private static final int MEBIBYTE = 1 << 20;
  private static final long WEEK_MS = 604_800_000L;
  private static final ConfigDef DEFINITIONS = definitions();

  /** What a topic has of which nothing is said. */
  public static final TopicConfig DEFAULT = new TopicConfig(Map.of());

  private final SortedMap<String, String> overrides;
  private final Map<String, Object> values;

  private TopicConfig(Map<String, String> overrides) {
    this.overrides = new TreeMap<>(overrides);
    this.values = DEFINITIONS.parse(overrides);
  }

  /**
   * The configs with these values and Kafka's defaults for the rest.
   *
   * @throws ConfigException as Kafka's controller has it, or naming what is not modelled
   */
  public static TopicConfig of(Map<String, String> overrides) {
    for (String name : new TreeSet<>(overrides.keySet())) {
      if (NOT_MODELLED.contains(name)) {
        throw new ConfigException("The simulator does not model the topic config " + name);
      }
      if (!DEFINITIONS.names().contains(name)) {
        throw new ConfigException("Unknown topic config name: " + name);
      }
    }
    return new TopicConfig(overrides);
  }

  /** The names that are known, in alphabetical order. */
  public static SortedSet<String> names() {
    return new TreeSet<>(DEFINITIONS.names());
  }

  /** The names of Kafka's that are refused, in alphabetical order. */
  public static SortedSet<String> namesNotModelled() {
    return new TreeSet<>(NOT_MODELLED);
  }

  /** These, and on top of them others. */
  public TopicConfig with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(overrides);
    all.putAll(more);
    return of(all);
  }

  /** What was set, by name. */
  public SortedMap<String, String> overrides() {
    return new TreeMap<>(overrides);
  }

  /** Every known name with its value as Kafka writes it, in alphabetical order. */
  public SortedMap<String, String> all() {
    TreeMap<String, String> all = new TreeMap<>();
    DEFINITIONS
        .configKeys()
        .forEach(
            (name, key) -> {
              Object value = values.get(name);
              if (value != null) {
                all.put(name, ConfigDef.convertToString(value, key.type));
              }
            });
    return all;
  }

  boolean deletes() {
    return policy().contains("delete");
  }

  boolean compacts() {
    return policy().contains("compact");
  }

  private List<?> policy() {
    return (List<?>) value(CLEANUP_POLICY_CONFIG);
  }

  /** Negative: for ever. */
  long retentionMs() {
    return number(RETENTION_MS_CONFIG);
  }

  /** Negative: without a limit. */
  long retentionBytes() {
    return number(RETENTION_BYTES_CONFIG);
  }

  long segmentBytes() {
    return values.get(INTERNAL_SEGMENT_BYTES) == null
        ? number(SEGMENT_BYTES_CONFIG)
        : number(INTERNAL_SEGMENT_BYTES);
  }

  long segmentMs() {
    return number(SEGMENT_MS_CONFIG);
  }

  double minCleanableDirtyRatio() {
    return (Double) value(MIN_CLEANABLE_DIRTY_RATIO_CONFIG);
  }

  long minCompactionLagMs() {
    return number(MIN_COMPACTION_LAG_MS_CONFIG);
  }

  long maxCompactionLagMs() {
    return number(MAX_COMPACTION_LAG_MS_CONFIG);
  }

  long deleteRetentionMs() {
    return number(DELETE_RETENTION_MS_CONFIG);
  }

  int maxMessageBytes() {
    return (int) number(MAX_MESSAGE_BYTES_CONFIG);
  }

  boolean logAppendTime() {
    return value(MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime");
  }

  long timestampBeforeMaxMs() {
    return number(MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG);
  }

  long timestampAfterMaxMs() {
    return number(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG);
  }

  boolean uncleanLeaderElection() {
    return (Boolean) value(UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG);
  }

  int minInsyncReplicas() {
    return (int) number(MIN_IN_SYNC_REPLICAS_CONFIG);
  }

  private long number(String name) {
    return ((Number) value(name)).longValue();
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no value for " + name);
    }
    return value;
  }

  private static ConfigDef definitions() {
    Map<String, Object> without = new LinkedHashMap<>();
    without.put("file.delete.delay.ms", 60_000L);
    without.put("flush.messages", Long.MAX_VALUE);
    without.put("flush.ms", Long.MAX_VALUE);
    without.put("index.interval.bytes", 4_096L);
    without.put("segment.index.bytes", 10_485_760L);
    ConfigDef defs = new ConfigDef();
    without.forEach(
        (name, value) -> defs.define(name, ConfigDef.Type.LONG, value, Importance.LOW, ""));
    defs.define("preallocate", ConfigDef.Type.BOOLEAN, false, Importance.LOW, "");
    if (!WITHOUT_EFFECT.stream().allMatch(defs.names()::contains)) {
      throw new IllegalStateException("undefined among " + WITHOUT_EFFECT);
    }
    retention(defs);
    compaction(defs);
    return defs.define(
            MAX_MESSAGE_BYTES_CONFIG,
            ConfigDef.Type.INT,
            1_048_588,
            atLeast(0),
            Importance.MEDIUM,
            "")
        .define(
            MESSAGE_TIMESTAMP_TYPE_CONFIG,
            ConfigDef.Type.STRING,
            "CreateTime",
            ValidString.in("CreateTime", "LogAppendTime"),
            Importance.MEDIUM,
            "")
        .define(
            MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
            ConfigDef.Type.LONG,
            Long.MAX_VALUE,
            atLeast(0),
            Importance.MEDIUM,
            "")
        .define(
            MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            ConfigDef.Type.LONG,
            3_600_000L,
            atLeast(0),
            Importance.MEDIUM,
            "")
        .define(
            UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "")
        .define(
            MIN_IN_SYNC_REPLICAS_CONFIG, ConfigDef.Type.INT, 1, atLeast(1), Importance.MEDIUM, "");
  }

  private static void retention(ConfigDef defs) {
    defs.define(
            CLEANUP_POLICY_CONFIG,
            ConfigDef.Type.LIST,
            "delete",
            ValidList.in("compact", "delete"),
            Importance.MEDIUM,
            "")
        .define(
            RETENTION_MS_CONFIG, ConfigDef.Type.LONG, WEEK_MS, atLeast(-1), Importance.MEDIUM, "")
        .define(RETENTION_BYTES_CONFIG, ConfigDef.Type.LONG, -1L, Importance.MEDIUM, "")
        .define(
            SEGMENT_BYTES_CONFIG,
            ConfigDef.Type.INT,
            1 << 30,
            atLeast(MEBIBYTE),
            Importance.MEDIUM,
            "")
        .defineInternal(INTERNAL_SEGMENT_BYTES, ConfigDef.Type.INT, null, Importance.MEDIUM)
        .define(SEGMENT_MS_CONFIG, ConfigDef.Type.LONG, WEEK_MS, atLeast(1), Importance.MEDIUM, "");
  }

  private static void compaction(ConfigDef defs) {
    defs.define(
            MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            ConfigDef.Type.DOUBLE,
            0.5,
            between(0, 1),
            Importance.MEDIUM,
            "")
        .define(
            MIN_COMPACTION_LAG_MS_CONFIG,
            ConfigDef.Type.LONG,
            0L,
            atLeast(0),
            Importance.MEDIUM,
            "")
        .define(
            MAX_COMPACTION_LAG_MS_CONFIG,
            ConfigDef.Type.LONG,
            Long.MAX_VALUE,
            atLeast(1),
            Importance.MEDIUM,
            "")
        .define(
            DELETE_RETENTION_MS_CONFIG,
            ConfigDef.Type.LONG,
            86_400_000L,
            atLeast(0),
            Importance.MEDIUM,
            "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicConfig config && overrides.equals(config.overrides);
  }

  @Override
  public int hashCode() {
    return overrides.hashCode();
  }

  @Override
  public String toString() {
    return overrides.toString();
  }
}
