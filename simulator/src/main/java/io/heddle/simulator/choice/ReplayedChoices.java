package io.heddle.simulator.choice;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides as a recording did. An edited recording may be shorter than the run needs or hold values
 * that are now out of range: then the plainest choice is taken, and the first place where that
 * happened is remembered, so that a replay never passes silently for the run it no longer is.
 */
public final class ReplayedChoices implements Choices {
  private final Recording recording;
  private final Map<String, Stream> streams = new HashMap<>();
  private Optional<String> divergence = Optional.empty();

  /** Replays this recording. */
  public ReplayedChoices(Recording recording) {
    this.recording = recording;
  }

  @Override
  public Stream stream(String purpose) {
    return streams.computeIfAbsent(
        purpose,
        name -> new Replay(name, recording.streams().getOrDefault(name, new Recording.Draws())));
  }

  /** Where the run first asked for something that the recording does not hold. */
  public Optional<String> divergence() {
    return divergence;
  }

  private final class Replay implements Stream {
    private final String name;
    private final Recording.Draws draws;
    private int next;

    private Replay(String name, Recording.Draws draws) {
      this.name = name;
      this.draws = draws;
    }

    @Override
    public long below(long bound) {
      int index = next++;
      if (index >= draws.size()) {
        diverged(index, "the recording has no more draws");
        return 0;
      }
      if (draws.bound(index) != bound) {
        diverged(index, "recorded below " + draws.bound(index) + ", asked below " + bound);
      }
      return Math.min(draws.value(index), bound - 1);
    }

    private void diverged(int index, String how) {
      if (divergence.isEmpty()) {
        divergence = Optional.of("diverged at draw " + index + " of stream " + name + ": " + how);
      }
    }
  }
}
