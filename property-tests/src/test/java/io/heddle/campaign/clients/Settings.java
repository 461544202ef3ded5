package io.heddle.campaign.clients;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws how clients are set up. */
final class Settings {
  private Settings() {}

  /**
   * A consumer's settings.
   *
   * @param groups the groups that it can have, by their names in the trace
   */
  static Map<String, String> consumer(Draw draw, List<String> groups) {
    Map<String, String> settings = new TreeMap<>();
    if (!draw.oneIn(6)) {
      settings.put("group.id", draw.of(groups));
    }
    settings.put(
        "auto.offset.reset",
        draw.word("earliest", "earliest", "earliest", "latest", "none", "latest"));
    if (draw.oneIn(3)) {
      settings.put("isolation.level", "read_committed");
    }
    if (draw.oneIn(3)) {
      settings.put("max.poll.records", draw.word("1", "3"));
    }
    if (draw.oneIn(4) && settings.containsKey("group.id")) {
      settings.put("enable.auto.commit", "true");
      // It commits where it has to, and not by the clock.
      settings.put("auto.commit.interval.ms", "3600000");
    }
    return settings;
  }

  /** The settings of a producer without transactions. */
  static Map<String, String> producer(Draw draw) {
    Map<String, String> settings = new TreeMap<>();
    if (draw.oneIn(3)) {
      settings.put("enable.idempotence", "false");
      settings.put("acks", draw.word("0", "1", "all"));
    }
    if (draw.oneIn(2)) {
      settings.put("linger.ms", draw.word("0", "5", "20", "100"));
    }
    batchSize(draw, settings);
    return settings;
  }

  /** Half of the time, batches that a few records fill. */
  static void batchSize(Draw draw, Map<String, String> settings) {
    if (draw.oneIn(2)) {
      settings.put("batch.size", String.valueOf(200 + draw.below(1_801)));
    }
  }

  /** A value that is different each time, and long now and then where batches are small. */
  static String value(Draw draw, Map<String, String> settings, int number) {
    String size = settings.get("batch.size");
    return size != null && draw.oneIn(2)
        ? "w".repeat(draw.below(Integer.parseInt(size))) + number
        : "v" + number;
  }
}
