package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class TopicConfigTest {
  @Test
  void whatIsNotSaidIsKafkasDefault() {
    assertThat(TopicConfig.DEFAULT.all())
        .containsEntry("retention.ms", "604800000")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("segment.bytes", "1073741824")
        .containsEntry("min.cleanable.dirty.ratio", "0.5")
        .doesNotContainKey("internal.segment.bytes");
    assertThat(TopicConfig.DEFAULT.overrides()).isEmpty();
  }

  @Test
  void whatKafkaDoesNotKnowIsRefusedAsKafkaDoes() {
    assertThatThrownBy(() -> TopicConfig.of(Map.of("retention.millis", "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Unknown topic config name: retention.millis");
    assertThatThrownBy(() -> TopicConfig.of(Map.of("cleanup.policy", "shred")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cleanup.policy");
    assertThatThrownBy(() -> TopicConfig.of(Map.of("segment.bytes", "1000")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("at least 1048576");
  }

  @Test
  void whatIsNotModelledIsRefusedByName() {
    for (String name : TopicConfig.namesNotModelled()) {
      assertThatThrownBy(() -> TopicConfig.of(Map.of(name, "1")))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("does not model the topic config " + name);
    }
  }

  @Test
  void whatIsSetLaterAddsToWhatWasSet() {
    TopicConfig config = TopicConfig.of(Map.of("retention.ms", "5"));

    TopicConfig more = config.with(Map.of("cleanup.policy", "compact,delete"));

    assertThat(more.retentionMs()).isEqualTo(5);
    assertThat(more.compacts()).isTrue();
    assertThat(more.deletes()).isTrue();
    assertThat(more).isNotEqualTo(config);
    assertThat(more.overrides()).containsOnlyKeys("cleanup.policy", "retention.ms");
  }
}
