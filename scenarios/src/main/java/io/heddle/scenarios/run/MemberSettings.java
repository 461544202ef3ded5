package io.heddle.scenarios.run;

import io.heddle.engine.DrainPolicy;
import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.ExactlyOnceConfig;
import io.heddle.engine.FailureHandling;
import io.heddle.engine.FailureStage;
import io.heddle.engine.FlowLimits;
import io.heddle.scenarios.model.Engine;
import io.heddle.scenarios.model.EventTypes;
import io.heddle.scenarios.model.Patience;
import io.heddle.scenarios.model.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The settings of the engine of a member, as its scenario says. */
final class MemberSettings {
  private MemberSettings() {}

  static EventSourceConfig of(Scenario scenario, List<String> topics, MemberSurroundings world) {
    Engine engine = scenario.engine();
    String member = world.member();
    Map<String, String> consumer = scenario.group().configOf(member);
    EventSourceConfig config =
        EventSourceConfig.of(topics.toArray(String[]::new))
            .withCommitInterval(engine.commits().every())
            .withCommitMetadataBytes(engine.commits().metadataBytes())
            .withPollTimeout(engine.poll())
            .withFlow(
                new FlowLimits(
                    engine.flow().records(), engine.flow().bytes(), engine.flow().behindGap()))
            .withDrainTimeout(engine.drain().timeout())
            .withDrainPolicy(
                switch (engine.drain().policy()) {
                  case STARTED -> DrainPolicy.STARTED;
                  case ACCEPTED -> DrainPolicy.ACCEPTED;
                });
    config = MemberFailures.configured(config, scenario, world.named());
    config =
        engine.work().types().map(EventTypes::header).map(config::withTypeHeader).orElse(config);
    config = patient(config, engine.work().patience(), world.named());
    if (engine.exactlyOnce().isPresent()) {
      Engine.ExactlyOnce exactlyOnce = engine.exactlyOnce().get();
      config =
          config.withExactlyOnce(
              ExactlyOnceConfig.of(scenario.group().id(), member)
                  .withBatchDelay(exactlyOnce.batchDelay())
                  .withSizes(exactlyOnce.targetSize(), exactlyOnce.maxSize()));
    }
    String maxPoll = consumer.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    if (maxPoll != null) {
      config = config.withMaxPollInterval(Duration.ofMillis(Long.parseLong(maxPoll)));
    }
    config =
        config.withOnFailure(
            FailureStage.COMMIT,
            MemberFailures.retrying(
                FailureHandling.stop(),
                engine.commits().attempts().orElse(Integer.MAX_VALUE),
                engine.commits().backoff()));
    Optional<Duration> timeout =
        engine
            .commits()
            .timeout()
            .or(
                () ->
                    Optional.ofNullable(consumer.get(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG))
                        .map(api -> Duration.ofMillis(Long.parseLong(api))));
    return timeout.isPresent() ? config.withCommitTimeout(timeout.get()) : config;
  }

  private static EventSourceConfig patient(
      EventSourceConfig usual, Patience patience, UnaryOperator<String> named) {
    EventSourceConfig config =
        usual.withPatience(
            usual
                .patience()
                .withStuckAfter(patience.stuckAfter())
                .withTopicTimeout(patience.topicTimeout())
                .withInstanceTimeout(patience.instanceTimeout()));
    if (patience.jobDeadline().isPresent()) {
      Patience.Limit limit = patience.jobDeadline().get();
      config =
          config
              .withPatience(config.patience().withJobDeadline(limit.after()))
              .withOnFailure(FailureStage.DEADLINE, handling(limit, named));
    }
    if (patience.giveUp().isPresent()) {
      Patience.Limit limit = patience.giveUp().get();
      config =
          config
              .withPatience(config.patience().withGiveUpAfter(limit.after()))
              .withOnFailure(FailureStage.STUCK, handling(limit, named));
    }
    return config;
  }

  private static FailureHandling handling(Patience.Limit limit, UnaryOperator<String> named) {
    return MemberFailures.handling(limit.then(), limit.topic(), named);
  }
}
