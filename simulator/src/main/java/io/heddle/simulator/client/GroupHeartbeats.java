package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatRequest;
import io.heddle.simulator.protocol.ConsumerGroupHeartbeatResponse;
import io.heddle.simulator.protocol.ErrorCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When a member of a consumer group sends a heartbeat: every so often as the coordinator says, at
 * once if it has something to say, again after a while if that failed; and when the application has
 * not polled for too long. Works without the application's thread.
 */
final class GroupHeartbeats {
  /** What the heartbeats are about. */
  interface Subject {
    /** Whether none is to be sent now. */
    boolean silent();

    /** Whether one has to be sent now. */
    boolean urgent();

    /** Whether the member is about to leave, or to say so. */
    boolean leaving();

    /** Whether the member leaves, and says so whatever else is under way. */
    boolean leaves();

    ConsumerGroupHeartbeatRequest next();

    /** The next one is on its way. */
    void sent();

    /** None can be sent, since the coordinator is not known. */
    void notSent();

    void answered(ConsumerGroupHeartbeatResponse response);

    /** No answer has come, and none will. */
    void unanswered();

    /** The application has not polled for too long: {@link #next} says that the member leaves. */
    void pollTooLate();
  }

  private final ClientLink link;
  private final CoordinatorLink coordinator;
  private final ClientTimes times;
  private final long maxPollNanos;
  private final Subject subject;
  private @Nullable Timer timer;
  private long intervalNanos;
  private long dueNanos;
  private final RequestPace pace;
  private long lastPollNanos;
  private boolean inFlight;
  private boolean lookingUp;
  private int number;
  private int outdated;

  GroupHeartbeats(
      ClientLink link, CoordinatorLink coordinator, ConsumerSettings settings, Subject subject) {
    this.link = link;
    this.coordinator = coordinator;
    this.times = settings.times();
    this.pace = new RequestPace(link.backoff(times));
    this.maxPollNanos = settings.group().maxPollNanos();
    this.subject = subject;
    this.lastPollNanos = link.now();
  }

  /** The application polls; returns whether it has not done so for too long. */
  boolean polled() {
    boolean late = link.now() - lastPollNanos >= maxPollNanos;
    lastPollNanos = link.now();
    return late;
  }

  /** Sends what is to be sent now; call it whenever something has changed. */
  void beat() {
    cancelTimer();
    if (subject.silent()) {
      return;
    }
    if (!coordinator.known()) {
      subject.notSent();
      lookUp();
      return;
    }
    long now = link.now();
    if (now - lastPollNanos >= maxPollNanos && !subject.leaving()) {
      subject.pollTooLate();
      send(response -> {});
      outdated = number;
      restart();
      return;
    }
    // What is urgent does not wait for anything, not even if it has just failed.
    boolean ready = subject.urgent() || (now >= dueNanos && now >= pace.notBefore(now));
    if (subject.leaves() || (!inFlight && ready)) {
      send(subject::answered);
    }
    if (!subject.silent()) {
      arm();
    }
  }

  private void send(Consumer<ConsumerGroupHeartbeatResponse> told) {
    ConsumerGroupHeartbeatRequest request = subject.next();
    int sent = ++number;
    inFlight = true;
    dueNanos = link.now() + intervalNanos;
    coordinator.send(
        request,
        ConsumerGroupHeartbeatResponse.class,
        times.requestTimeoutNanos(),
        response -> {
          answered(sent, response.error());
          if (response.error() == ErrorCode.NONE && request.memberEpoch() >= 0) {
            interval(response.heartbeatIntervalMs() * 1_000_000L);
          }
          if (sent > outdated) {
            told.accept(response);
          }
          beat();
        },
        () -> {
          answered(sent, ErrorCode.NETWORK_EXCEPTION);
          if (sent > outdated) {
            subject.unanswered();
          }
          beat();
        });
    subject.sent();
  }

  private void answered(int sent, ErrorCode error) {
    if (sent == number) {
      inFlight = false;
    }
    if (error == ErrorCode.NONE) {
      pace.succeeded(link.now());
    } else {
      dueNanos = link.now();
      pace.failed(link.now());
    }
  }

  private void interval(long nanos) {
    if (nanos != intervalNanos) {
      intervalNanos = nanos;
      dueNanos = link.now() + nanos;
    }
  }

  /** What comes next need not wait for what went wrong. */
  void restart() {
    inFlight = false;
    pace.reset();
  }

  private void lookUp() {
    if (!lookingUp) {
      lookingUp = true;
      coordinator.lookUp(
          found -> {
            lookingUp = false;
            // If it was not found, it is looked for again as soon as that is allowed.
            beat();
          });
    }
  }

  private void arm() {
    cancelTimer();
    long now = link.now();
    long next = lastPollNanos + maxPollNanos;
    if (!inFlight) {
      long due = subject.urgent() ? now : Math.max(dueNanos, pace.notBefore(now));
      next = Math.min(next, due);
    }
    timer = link.later(Math.max(0, next - now), this::beat);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
