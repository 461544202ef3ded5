package io.heddle.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How a source is, for whoever has to decide whether to send it work or to restart it.
 *
 * @param state where it is in its life
 * @param failure why it failed, if it did
 * @param stopped the partitions that a failure has stopped, and that failure
 * @param paused the partitions whose intake is stopped, and why
 * @param stuck what has held back a commit for longer than {@code stuckAfter}
 */
public record SourceHealth(
    SourceState state,
    Optional<Throwable> failure,
    Map<TopicPartition, EventFailedException> stopped,
    Map<TopicPartition, PauseReason> paused,
    List<CommitBlocker> stuck) {

  /** Whether it needs no restart: it consumes, or is about to, or has closed as it was told to. */
  public boolean isLive() {
    return state != SourceState.FAILED;
  }

  /** Whether it consumes all that it owns: it runs, and nothing of it is stopped or stuck. */
  public boolean isReady() {
    return state == SourceState.RUNNING && stopped.isEmpty() && stuck.isEmpty();
  }
}
