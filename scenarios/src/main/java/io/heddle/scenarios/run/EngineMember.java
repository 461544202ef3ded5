package io.heddle.scenarios.run;

import io.heddle.engine.CommitBlocker;
import io.heddle.engine.EventSource;
import io.heddle.engine.SourceState;
import java.util.List;
import java.util.Optional;

/** A member that is the engine with an application. */
record EngineMember(EventSource source) implements Peer {
  @Override
  public void start() {
    source.start();
  }

  @Override
  public void stop() {
    var unused = source.stop();
  }

  @Override
  public boolean isOver() {
    return source.state() == SourceState.CLOSED || source.state() == SourceState.FAILED;
  }

  @Override
  public Optional<Throwable> failure() {
    return source.failure();
  }

  @Override
  public List<String> blockers() {
    return source.commitBlockers().stream().map(EngineMember::describe).toList();
  }

  private static String describe(CommitBlocker blocker) {
    return "waits for offset "
        + blocker.offset()
        + " of "
        + blocker.partition()
        + " for "
        + blocker.age().toMillis()
        + " ms";
  }
}
