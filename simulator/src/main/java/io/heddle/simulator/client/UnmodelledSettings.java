package io.heddle.simulator.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/**
 * The settings of kafka-clients that the simulated clients do not read: those that make no
 * difference in a simulation, and those that would, which are refused unless they are at their
 * defaults. Besides these, {@code ssl.*} and {@code sasl.*} make no difference.
 */
final class UnmodelledSettings {
  /** A setting, and why it is as it is. */
  private record Setting(String name, String why) {}

  private static final List<Setting> WITHOUT_EFFECT =
      List.of(
          new Setting("check.crcs", "nothing is damaged on its way"),
          new Setting("client.dns.lookup", "brokers have no names to look up"),
          new Setting("compression.gzip.level", "records are not compressed"),
          new Setting("compression.lz4.level", "records are not compressed"),
          new Setting("compression.type", "records are not compressed, and as large as they are"),
          new Setting("compression.zstd.level", "records are not compressed"),
          new Setting("config.providers", "what they know is filled in before"),
          new Setting("connections.max.idle.ms", "to connect takes no time"),
          new Setting("enable.metrics.push", "no broker subscribes to them"),
          new Setting("internal.throw.on.fetch.stable.offset.unsupported", "no broker is that old"),
          new Setting("metadata.recovery.rebootstrap.trigger.ms", "brokers stay where they are"),
          new Setting("metadata.recovery.strategy", "brokers stay where they are"),
          new Setting("metrics.recording.level", "whatever is modelled is always recorded"),
          new Setting(
              "partitioner.adaptive.partitioning.enable", "all partitions are drawn alike anyway"),
          new Setting("receive.buffer.bytes", "there are no sockets"),
          new Setting("security.protocol", "there are no sockets"),
          new Setting("security.providers", "there are no sockets"),
          new Setting("send.buffer.bytes", "there are no sockets"),
          new Setting("share.acknowledgement.mode", "there are no share consumers"),
          new Setting("share.acquire.mode", "there are no share consumers"));

  private static final List<Setting> REFUSED =
      List.of(
          new Setting("exclude.internal.topics", "there are no internal topics"),
          new Setting("metadata.max.idle.ms", "a producer does not forget a topic"),
          new Setting("metric.reporters", "metrics() alone tells of metrics"),
          new Setting("partitioner.availability.timeout.ms", "all partitions are drawn alike"),
          new Setting("reconnect.backoff.max.ms", "a client connects again at once"),
          new Setting("reconnect.backoff.ms", "a client connects again at once"),
          new Setting("socket.connection.setup.timeout.max.ms", "to connect takes no time"),
          new Setting("socket.connection.setup.timeout.ms", "to connect takes no time"),
          new Setting("transaction.two.phase.commit.enable", "a transaction has no outside"));

  // Asked for by default; there is nobody to look at what it would show.
  private static final String JMX = "org.apache.kafka.common.metrics.JmxReporter";

  private UnmodelledSettings() {}

  /** Whether it makes no difference what the setting is. */
  static boolean isWithoutEffect(String name) {
    return isAmong(WITHOUT_EFFECT, name) || name.startsWith("ssl.") || name.startsWith("sasl.");
  }

  /** Whether the setting has to stay at its default. */
  static boolean isRefused(String name) {
    return isAmong(REFUSED, name);
  }

  private static boolean isAmong(List<Setting> settings, String name) {
    return settings.stream().anyMatch(setting -> setting.name().equals(name));
  }

  /**
   * Refuses what asks for something that is not modelled.
   *
   * @throws UnsupportedOperationException with the name of the setting
   */
  static void check(AbstractConfig config, ConfigDef definition) {
    Map<String, Object> defaults = definition.defaultValues();
    // kafka-clients makes some settings follow others: only those that were chosen count.
    Set<String> chosen = config.originals().keySet();
    for (Setting setting : REFUSED) {
      String name = setting.name();
      Object standard = defaults.get(name);
      Object value = config.values().get(name);
      if (chosen.contains(name) && !Objects.equals(essence(value), essence(standard))) {
        throw Refusal.notModelled(
            name + "=" + value + " (" + setting.why() + "; its default is " + standard + ")");
      }
    }
  }

  private static @Nullable Object essence(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<Object> others = new ArrayList<>(list);
      others.remove(JMX);
      return others;
    }
    return value;
  }
}
