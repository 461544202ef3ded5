package io.heddle.simulator.client;

import io.heddle.simulator.core.Timer;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorRequest.KeyType;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the coordinator of a group or of a producer's transactions, which is looked up when it
 * is not known.
 */
final class CoordinatorLink {
  private static final int UNKNOWN = -1;

  private final ClientLink link;
  private final KeyType keyType;
  private final String key;
  private final ClientTimes times;
  private final IntSupplier anyBroker;
  private int broker = UNKNOWN;
  private final List<Consumer<Boolean>> waiting = new ArrayList<>();
  private final LookUpPace pace;
  private boolean lookingUp;
  private @Nullable Timer pause;
  private final @Nullable GroupMetrics metrics;

  /** Of a transactional producer: of its transactions, or of a group whose offsets it commits. */
  CoordinatorLink(
      ClientLink link, KeyType keyType, String key, ClientTimes times, IntSupplier anyBroker) {
    this(link, keyType, key, times, anyBroker, new LookUpPace.Constant(times), null);
  }

  /** Of a member of the group, who measures what it asks. */
  CoordinatorLink(
      ClientLink link,
      String groupId,
      ConsumerSettings settings,
      IntSupplier anyBroker,
      GroupMetrics metrics) {
    this(
        link,
        KeyType.GROUP,
        groupId,
        settings.times(),
        anyBroker,
        settings.group().consumerProtocol()
            ? new LookUpPace.OfRequests(link.backoff(settings.times()))
            : new LookUpPace.OfCalls(link.backoff(settings.times())),
        metrics);
  }

  private CoordinatorLink(
      ClientLink link,
      KeyType keyType,
      String key,
      ClientTimes times,
      IntSupplier anyBroker,
      LookUpPace pace,
      @Nullable GroupMetrics metrics) {
    this.link = link;
    this.keyType = keyType;
    this.key = key;
    this.times = times;
    this.anyBroker = anyBroker;
    this.pace = pace;
    this.metrics = metrics;
  }

  boolean known() {
    return broker != UNKNOWN;
  }

  /** The application calls the client, whatever it wants of it. */
  void called() {
    if (pace.called() && pause != null) {
      pause.cancel();
      pauseIsOver();
    }
  }

  /** Asks for the coordinator, as soon as that is allowed, unless it is known or asked for. */
  void lookUp() {
    if (known() || lookingUp) {
      return;
    }
    lookingUp = true;
    long now = link.now();
    long at = pace.notBefore(now);
    if (at > now) {
      pause = link.later(at - now, this::ask);
    } else {
      ask();
    }
  }

  private void ask() {
    pause = null;
    link.send(
        anyBroker.getAsInt(),
        new FindCoordinatorRequest(keyType, key),
        FindCoordinatorResponse.class,
        times.requestTimeoutNanos(),
        response -> {
          if (response.error() == ErrorCode.NONE) {
            lookingUp = false;
            broker = response.nodeId();
            pace.found(link.now());
            tellWaiting(true);
          } else {
            againLater();
          }
        },
        this::againLater);
  }

  /**
   * Looks the coordinator up and tells of it at once: whoever waits must not be overtaken by a
   * rebalance, which needs the coordinator too.
   *
   * @param found told whether it is known now, once
   */
  void lookUp(Consumer<Boolean> found) {
    waiting.add(found);
    lookUp();
  }

  private void tellWaiting(boolean found) {
    List<Consumer<Boolean>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(each -> each.accept(found));
  }

  private void againLater() {
    long now = link.now();
    pace.failed(now);
    tellWaiting(false);
    pause = link.later(Math.max(0, pace.notBefore(now) - now), this::pauseIsOver);
  }

  private void pauseIsOver() {
    pause = null;
    lookingUp = false;
    if (!waiting.isEmpty()) {
      // Who has asked since then.
      lookUp();
    }
  }

  /** It is not there or not responsible any more. */
  void forget() {
    broker = UNKNOWN;
  }

  <R extends Response> void send(
      Request request,
      Class<R> type,
      long timeoutNanos,
      Consumer<R> answered,
      Runnable disconnected) {
    if (!known()) {
      throw new IllegalStateException(
          "the coordinator of " + keyType + " " + key + " is not known");
    }
    GroupMetrics measuring = metrics;
    long sentMs = measuring == null ? 0 : measuring.sent(request);
    link.sendToCoordinator(
        broker,
        request,
        type,
        timeoutNanos,
        response -> {
          if (measuring != null) {
            measuring.answered(request, sentMs, response);
          }
          answered.accept(response);
        },
        () -> {
          forget();
          disconnected.run();
        });
  }
}
