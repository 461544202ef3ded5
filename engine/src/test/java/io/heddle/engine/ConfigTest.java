package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private final EventSourceConfig config = EventSourceConfig.of("in");

  @Test
  void refusesTopicsByName() {
    refuses(EventSourceConfig::of, "topics must name at least one topic, was []");
    refuses(() -> EventSourceConfig.of(" "), "topics must not be blank, was [ ]");
    refuses(() -> EventSourceConfig.of("a", "a"), "topics must name each topic once, was [a, a]");
  }

  @Test
  void refusesDurationsByName() {
    refuses(
        () -> config.withCommitInterval(Duration.ZERO),
        "commitInterval must be positive, was PT0S");
    refuses(
        () -> config.withCommitTimeout(Duration.ofSeconds(-1)),
        "commitTimeout must be positive, was PT-1S");
    refuses(() -> config.withPollTimeout(Duration.ZERO), "pollTimeout must be positive, was PT0S");
    refuses(
        () -> config.withMaxPollInterval(Duration.ZERO),
        "maxPollInterval must be positive, was PT0S");
    refuses(
        () -> config.withDrainTimeout(Duration.ofMillis(-5)),
        "drainTimeout must not be negative, was PT-0.005S");
    refuses(
        () -> config.withDrainTimeout(Duration.ofDays(40_000)),
        "drainTimeout must be at most 36500 days, was PT960000H");
    refuses(
        () -> config.withPollTimeout(Duration.ofMinutes(6)),
        "pollTimeout must be shorter than maxPollInterval (PT5M), was PT6M");
  }

  @Test
  void refusesCountsAndNamesByName() {
    refuses(
        () -> config.withMaxInFlightPerPartition(0),
        "maxInFlightPerPartition must be at least 1, was 0");
    refuses(
        () -> FlowLimits.defaults().withMaxInFlightBytes(0),
        "maxInFlightBytesPerPartition must be at least 1, was 0");
    refuses(() -> config.withTypeHeader(" "), "typeHeader must not be blank, was ' '");
  }

  @Test
  void refusesFailureHandlingByName() {
    FailureHandling stop = FailureHandling.stop();
    Duration second = Duration.ofSeconds(1);
    refuses(() -> stop.withRetries(0, second), "maxAttempts must be at least 1, was 0");
    refuses(() -> stop.withRetries(2, Duration.ZERO), "firstBackoff must be positive, was PT0S");
    refuses(() -> stop.withJitter(1.5), "jitter must be between 0.0 and 1.0, was 1.5");
    refuses(() -> stop.withJitter(Double.NaN), "jitter must be between 0.0 and 1.0, was NaN");
    refuses(
        () -> stop.withMaxBackoff(Duration.ofMillis(1)),
        "maxBackoff must be at least firstBackoff (PT0.1S), was PT0.001S");
    refuses(() -> FailureHandling.deadLetter(" "), "deadLetterTopic must not be blank, was ' '");
    refuses(
        () ->
            new FailureHandling(
                1, second, 2, second, 0, FailurePolicy.DEAD_LETTER, Optional.empty()),
        "deadLetterTopic must be given for DEAD_LETTER and for nothing else,"
            + " was Optional.empty for DEAD_LETTER");
    refuses(
        () -> config.withOnFailure(FailureStage.DECODE, FailureHandling.toFinalizer()),
        "onFailure must be TO_FINALIZER for PROCESSOR only, was for DECODE");
  }

  @Test
  void refusesPatienceByName() {
    Patience patience = Patience.defaults();
    Duration less = Duration.ofSeconds(-1);
    refuses(() -> patience.withJobDeadline(less), "jobDeadline must not be negative, was PT-1S");
    refuses(() -> patience.withStuckAfter(less), "stuckAfter must not be negative, was PT-1S");
    refuses(() -> patience.withTopicTimeout(less), "topicTimeout must not be negative, was PT-1S");
    refuses(
        () -> patience.withInstanceTimeout(less),
        "instanceTimeout must not be negative, was PT-1S");
    refuses(
        () -> patience.withGiveUpAfter(Duration.ofSeconds(59)),
        "giveUpAfter must be zero or at least stuckAfter (PT1M), was PT59S");
    refuses(
        () ->
            config.withOnFailure(
                FailureStage.DEADLINE,
                FailureHandling.skip().withRetries(2, Duration.ofSeconds(1))),
        "onFailure must have one attempt for DEADLINE, which cannot be tried again, had 2");
    refuses(
        () -> config.withOnFailure(FailureStage.COMMIT, FailureHandling.skip()),
        "onFailure must be STOP for COMMIT, which is no event's failure, was SKIP");
  }

  @Test
  void losesNothingByDefault() {
    assertThat(config.onFailure().values())
        .extracting(FailureHandling::then)
        .containsOnly(FailurePolicy.STOP, FailurePolicy.TO_FINALIZER);
  }

  @Test
  void changesOneFieldAtATime() {
    assertThat(config.withDrainPolicy(DrainPolicy.ACCEPTED).drainPolicy())
        .isEqualTo(DrainPolicy.ACCEPTED);
    EventSourceConfig changed = config.withOnFailure(FailureStage.DECODE, FailureHandling.skip());
    assertThat(changed.onFailure(FailureStage.DECODE)).isEqualTo(FailureHandling.skip());
    assertThat(changed.onFailure(FailureStage.HANDLER))
        .isEqualTo(config.onFailure(FailureStage.HANDLER));
    assertThat(config.withDrainPolicy(DrainPolicy.ACCEPTED).withDrainPolicy(DrainPolicy.STARTED))
        .isEqualTo(config);
  }

  @Test
  void refusesSchedulerLimitsByName() {
    refuses(() -> new SchedulerConfig(0, 1, 1), "concurrency must be at least 1, was 0");
    refuses(() -> new SchedulerConfig(1, 0, 1), "workerQueueDepth must be at least 1, was 0");
    refuses(() -> new SchedulerConfig(1, 1, -3), "maxConcurrentKeys must be at least 1, was -3");
  }

  @Test
  void scalesSchedulersByProcessors() {
    assertThat(SchedulerConfig.compute(4)).isEqualTo(new SchedulerConfig(4, 1000, 10_000));
    assertThat(SchedulerConfig.fastNetwork(4)).isEqualTo(new SchedulerConfig(16, 100, 10_000));
    assertThat(SchedulerConfig.slowNetwork(4)).isEqualTo(new SchedulerConfig(64, 100, 10_000));
    assertThat(SchedulerConfig.wideNetwork(4)).isEqualTo(new SchedulerConfig(128, 1000, 10_000));
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
