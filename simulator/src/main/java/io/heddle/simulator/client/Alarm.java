package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import org.jspecify.annotations.Nullable;

/** Makes sure that something is done by the earliest of the times that were asked for. */
final class Alarm {
  private final ClientLink link;
  private final Runnable action;
  private @Nullable Timer timer;
  private long timerNanos;

  Alarm(ClientLink link, Runnable action) {
    this.link = link;
    this.action = action;
  }

  /** The action is run by that time; {@link Long#MAX_VALUE} asks for nothing. */
  void by(long atNanos) {
    if (atNanos == Long.MAX_VALUE || (timer != null && timerNanos <= atNanos)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timerNanos = atNanos;
    timer =
        link.later(
            Math.max(0, atNanos - link.now()),
            () -> {
              timer = null;
              action.run();
            });
  }
}
