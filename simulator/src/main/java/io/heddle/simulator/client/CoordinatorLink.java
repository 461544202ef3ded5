package io.heddle.simulator.client;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest;
import io.heddle.simulator.protocol.FindCoordinatorResponse;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** The way to a group's coordinator, which is looked up when it is not known. */
final class CoordinatorLink {
  private static final int UNKNOWN = -1;

  private final ClientLink link;
  private final String groupId;
  private final ClientTimes times;
  private final IntSupplier anyBroker;
  private int broker = UNKNOWN;
  private boolean lookingUp;

  CoordinatorLink(ClientLink link, String groupId, ClientTimes times, IntSupplier anyBroker) {
    this.link = link;
    this.groupId = groupId;
    this.times = times;
    this.anyBroker = anyBroker;
  }

  boolean known() {
    return broker != UNKNOWN;
  }

  /** Asks for the coordinator unless it is known or being asked for. */
  void lookUp() {
    if (known() || lookingUp) {
      return;
    }
    lookingUp = true;
    link.send(
        anyBroker.getAsInt(),
        new FindCoordinatorRequest(groupId),
        FindCoordinatorResponse.class,
        times.requestTimeoutNanos(),
        response -> {
          if (response.error() == ErrorCode.NONE) {
            lookingUp = false;
            broker = response.nodeId();
          } else {
            againLater();
          }
        },
        this::againLater);
  }

  private void againLater() {
    var unused = link.later(times.retryBackoffNanos(), () -> lookingUp = false);
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
      throw new IllegalStateException("the coordinator of group " + groupId + " is not known");
    }
    link.send(
        broker,
        request,
        type,
        timeoutNanos,
        answered,
        () -> {
          forget();
          disconnected.run();
        });
  }
}
