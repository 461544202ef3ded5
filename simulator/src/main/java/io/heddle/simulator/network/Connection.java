package io.heddle.simulator.network;

import io.heddle.simulator.core.Actor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps messages between one client and one broker in order, as TCP does: no two arrive at the
 * same time, for what happens at the same time happens in any order. The broker takes the next
 * request of a connection when it has answered the last one.
 */
final class Connection {
  private final Actor actor = new Actor("a connection");
  private final Map<Long, Flight> unanswered = new LinkedHashMap<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long lastRequestNanos;
  private long lastReplyNanos;
  private long requests;
  private boolean busy;
  private boolean closed;
  private boolean severed;
  private boolean silenced;
  private boolean givenUp;

  /** Who brings its messages. */
  Actor actor() {
    return actor;
  }

  /** When a request that would arrive at that time really arrives. */
  long requestAt(long nanos) {
    lastRequestNanos = Math.max(lastRequestNanos + 1, nanos);
    return lastRequestNanos;
  }

  /** When a reply that would arrive at that time really arrives. */
  long replyAt(long nanos) {
    lastReplyNanos = Math.max(lastReplyNanos + 1, nanos);
    return lastReplyNanos;
  }

  /** A request is sent; returns the number under which it is known from now on. */
  long sent(Flight flight) {
    unanswered.put(++requests, flight);
    return requests;
  }

  /** Its client is answered; false if that has been done before. */
  boolean answered(long request) {
    return unanswered.remove(request) != null;
  }

  /** A request is there: it goes on now, or when those before it are over. */
  void arrive(Runnable arrival) {
    waiting.add(arrival);
    next();
  }

  /** The request that went on last is over; returns whether another one waits. */
  boolean over() {
    busy = false;
    return !waiting.isEmpty();
  }

  /** The next request goes on, if the last one is over. */
  void next() {
    Runnable arrival = busy ? null : waiting.poll();
    if (arrival != null) {
      busy = true;
      arrival.run();
    }
  }

  /** A request was lost, and with it, as TCP has it, whatever the client sends after it. */
  void sever() {
    severed = true;
  }

  /** A reply was lost: the client hears nothing more, and what it sends from now on is lost too. */
  void silence() {
    severed = true;
    silenced = true;
  }

  boolean severed() {
    return severed;
  }

  boolean silenced() {
    return silenced;
  }

  /** The broker hears and says nothing more here. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /** Whether the client has broken it off; what it had sent before still arrives. */
  boolean givenUp() {
    return givenUp;
  }

  /** The client breaks it off. Returns what will never be answered, in the order of sending. */
  List<Flight> abandon() {
    givenUp = true;
    List<Flight> abandoned = new ArrayList<>(unanswered.values());
    unanswered.clear();
    return abandoned;
  }
}
