package io.heddle.simulator.network;

import io.heddle.simulator.protocol.ErrorCode;
import java.util.function.Consumer;

/** What becomes of a request. */
public sealed interface Verdict {
  /** Nothing special. */
  record Pass() implements Verdict {}

  /** It arrives later, by so many nanoseconds. */
  record Delay(Latency by) implements Verdict {}

  /** It never arrives; the client waits until its request times out. */
  record DropRequest() implements Verdict {}

  /** The broker applies it, but the reply never arrives: the outcome is unknown to the client. */
  record ApplyThenDrop() implements Verdict {}

  /** The broker refuses it with this error, without looking at it. */
  record Fail(ErrorCode error) implements Verdict {}

  /** It reaches the broker twice, directly one after the other; one reply is delivered. */
  record Duplicate() implements Verdict {}

  /** It waits before the broker, and what was sent behind it too, until the barrier is released. */
  record Hold(Barrier barrier) implements Verdict {}

  /**
   * The broker applies it, and tells the client to send it nothing for so long ({@code
   * throttle_time_ms}).
   */
  record Throttle(Latency by) implements Verdict {}

  /** Something else happens at that moment; the request goes its way. */
  record Perform(Consumer<Exchange> action) implements Verdict {}

  /**
   * The broker applies it and the connection breaks: the client learns that at once, for this
   * request and for all others on that connection, and not what became of them.
   */
  record Disconnect() implements Verdict {}
}
