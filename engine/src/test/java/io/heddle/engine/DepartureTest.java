package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The hook that says that a partition is gone is called when nothing of it runs any more. */
class DepartureTest {
  private final Rig rig = new Rig(config -> config.withDrainTimeout(Duration.ofSeconds(5)));
  private final Map<String, CompletableFuture<Void>> calls = new LinkedHashMap<>();

  DepartureTest() {
    AsyncJobScheduler<String, String> scheduler =
        AsyncJobScheduler.asynchronous(
            rig.source,
            (key, value) -> {
              CompletableFuture<Void> call = new CompletableFuture<>();
              calls.put(value, call);
              return call;
            },
            (context, key, value, failure) -> ExecutionState.COMPLETE,
            new SchedulerConfig(1, 100, 100));
    rig.handling(
        (context, value) ->
            value.startsWith("naive")
                ? ExecutionState.INCOMPLETE
                : scheduler.schedule(context, value, value));
    rig.start(0, 1);
  }

  private void end(String value) {
    CompletableFuture<Void> call = calls.remove(value);
    assertThat(call).as(value).isNotNull();
    call.complete(null);
    rig.baton.settle();
  }

  @Test
  void isActivatedOnceItIsAssigned() {
    assertThat(rig.activated).containsExactly(Rig.partition(0), Rig.partition(1));
  }

  @Test
  void isRevokedWhenTheJobThatOutlivedTheDrainHasEnded() {
    rig.deliver(0, "a", "b");
    rig.revoke(0);
    rig.advance(Duration.ofSeconds(5));

    assertThat(rig.consumer.isRebalancing()).isFalse();
    assertThat(rig.heard).doesNotContain("revoked [in-0]");
    end("a");

    assertThat(rig.heard).containsOnlyOnce("revoked [in-0]");
    assertThat(calls).isEmpty();
  }

  @Test
  void isRevokedAtOnceIfNothingRuns() {
    rig.revoke(0);

    assertThat(rig.heard).endsWith("willRevoke [in-0]", "revoked [in-0]");
  }

  @Test
  void isRevokedAfterALossOnceItsJobHasEnded() {
    rig.deliver(0, "a", "b");
    rig.lose();

    assertThat(rig.heard).endsWith("lost [in-0, in-1]", "revoked [in-1]");
    end("a");
    assertThat(rig.heard).endsWith("lost [in-0, in-1]", "revoked [in-1]", "revoked [in-0]");
  }

  @Test
  void isRevokedAfterTheSourceHasClosedIfThatIsWhenItsJobEnds() {
    rig.deliver(0, "a");
    rig.deliverTo(1, 0, "b");
    var unused = rig.source.stopNow();
    rig.baton.settle();

    assertThat(rig.source.state()).isEqualTo(SourceState.CLOSED);
    assertThat(rig.heard).contains("revoked [in-1]").doesNotContain("revoked [in-0]");
    end("a");
    assertThat(rig.heard).endsWith("revoked [in-0]");
  }

  @Test
  void doesNotWaitForWhatOnlyTheApplicationCanComplete() {
    rig.deliver(0, "naive");
    rig.revoke(0);
    rig.advance(Duration.ofSeconds(5));

    assertThat(rig.heard).containsOnlyOnce("revoked [in-0]");
  }
}
