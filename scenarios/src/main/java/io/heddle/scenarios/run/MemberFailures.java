package io.heddle.scenarios.run;

import io.heddle.engine.EventSourceConfig;
import io.heddle.engine.FailureHandling;
import io.heddle.engine.FailurePolicy;
import io.heddle.engine.FailureStage;
import io.heddle.scenarios.model.Backoff;
import io.heddle.scenarios.model.OnFailure;
import io.heddle.scenarios.model.Outputs;
import io.heddle.scenarios.model.Scenario;
import io.heddle.scenarios.model.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the work of one member that is drawn to fail, and what the engine promises of
 * that.
 */
final class MemberFailures {
  /** Failures are drawn, and as many in a row as chance will have it. */
  private static final FailureHandling AGAIN =
      FailureHandling.stop()
          .withRetries(Integer.MAX_VALUE, OnFailure.BACKOFF)
          .withMaxBackoff(Duration.ofMillis(100));

  private final MemberSurroundings world;
  private final Optional<OnFailure> onFailure;

  MemberFailures(MemberSurroundings world, Optional<OnFailure> onFailure) {
    this.world = world;
    this.onFailure = onFailure;
  }

  /** The settings with the answers to failures, where any are drawn. */
  static EventSourceConfig configured(
      EventSourceConfig usual, Scenario scenario, UnaryOperator<String> named) {
    Work work = scenario.engine().work();
    EventSourceConfig config =
        work.outputs()
            .map(Outputs::onFailure)
            .map(
                lost ->
                    usual.withOnFailure(FailureStage.PRODUCE, handling(lost, named).orElse(AGAIN)))
            .orElse(usual);
    boolean any =
        scenario.handler().errors() > 0
            || scenario.handler().undecodable() > 0
            || work.types().isPresent()
            || work.interjections().filter(each -> each.errors() > 0).isPresent();
    if (!any) {
      return config;
    }
    FailureHandling processors = handling(work.onFailure(), named).orElse(AGAIN);
    // Only processors have a finalizer that can be told.
    FailureHandling others = processors.then() == FailurePolicy.TO_FINALIZER ? AGAIN : processors;
    FailureHandling decoders = handling(work.onUndecodable(), named).orElse(others);
    return config
        .withOnFailure(FailureStage.PROCESSOR, processors)
        .withOnFailure(FailureStage.DECODE, decoders)
        .withOnFailure(FailureStage.HANDLER, others)
        .withOnFailure(FailureStage.FINALIZER, others);
  }

  private static Optional<FailureHandling> handling(
      Optional<OnFailure> policy, UnaryOperator<String> named) {
    return policy.map(
        each ->
            retrying(handling(each.then(), each.topic(), named), each.attempts(), each.backoff()));
  }

  /** The handling, after so many attempts, so far apart. */
  static FailureHandling retrying(FailureHandling handling, int attempts, Backoff backoff) {
    return new FailureHandling(
        attempts,
        backoff.first(),
        backoff.multiplier(),
        backoff.most(),
        backoff.jitter(),
        handling.then(),
        handling.deadLetterTopic());
  }

  static FailureHandling handling(
      OnFailure.Then then, Optional<String> topic, UnaryOperator<String> named) {
    return switch (then) {
      case FINALIZER -> FailureHandling.toFinalizer();
      case SKIP -> FailureHandling.skip();
      case DEAD_LETTER -> FailureHandling.deadLetter(named.apply(topic.orElseThrow()));
      case STOP_PARTITION -> FailureHandling.stopPartition();
      case STOP -> FailureHandling.stop();
    };
  }

  /** A processor's attempt begins. */
  void begins(String lane, Item item) {
    boolean mayBeAgain = item.hasFailed();
    int attempt = item.attempt(lane);
    Promises promises = world.dealings().promises();
    promises.check(
        attempt == 1 || mayBeAgain,
        "attempts",
        () -> item.payload() + " was tried again when it had succeeded");
    onFailure.ifPresent(
        each ->
            promises.check(
                attempt <= each.attempts(),
                "attempts",
                () ->
                    "attempt %d of %d at %s".formatted(attempt, each.attempts(), item.payload())));
  }

  /** Draws whether an attempt that is over has failed. */
  boolean fails(Item item) {
    boolean failed = world.service().fails(item.payload());
    item.attempted(failed);
    if (item.isTakenBack()) {
      return failed;
    }
    if (failed) {
      world.dealings().givenUp().failed(item);
    } else {
      world.dealings().givenUp().recovered(item);
    }
    return failed;
  }

  /** As {@link #fails}, told by throwing. */
  void mayFail(Item item) {
    if (fails(item)) {
      throw failure(item);
    }
  }

  static IllegalStateException failure(Item item) {
    return new IllegalStateException("an attempt at " + item.payload() + " was drawn to fail");
  }

  /**
   * Whether what a finalizer was told is its processor's last failure, which it is to live with.
   *
   * @throws Exception what it was told, where that was not asked for
   */
  boolean isGivenUp(Item item, @Nullable Exception failure) throws Exception {
    world
        .dealings()
        .promises()
        .check(
            (failure != null) == item.hasFailed(),
            "attempts",
            () ->
                "the finalizer of "
                    + item.payload()
                    + " was told "
                    + failure
                    + " of its processor");
    if (failure == null) {
      return false;
    }
    if (onFailure.filter(each -> each.then() == OnFailure.Then.FINALIZER).isEmpty()) {
      throw failure;
    }
    return true;
  }
}
