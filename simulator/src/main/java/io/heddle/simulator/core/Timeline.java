package io.heddle.simulator.core;

import io.heddle.simulator.choice.Choices;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and everything that is still to happen in it. Events are ordered by time, then by
 * the rank that the schedule gives them, so that a seed permutes what happens at the same time,
 * then by age. Not thread-safe: whoever has the turn uses it.
 */
final class Timeline {
  private static final int FEW = 64;

  private final PriorityQueue<Event> queue = new PriorityQueue<>(64);
  private final Order order;
  private final Actor cluster = new Actor("the cluster");
  private long nowNanos;
  private long sequence;
  private long happened;
  private long atOnce;
  private int cancelled;

  Timeline(Choices choices, Schedule schedule) {
    this.order = Order.of(schedule, choices);
  }

  /** Nanoseconds since the start of the run. */
  long nowNanos() {
    return nowNanos;
  }

  /** How many events have happened. */
  long happened() {
    return happened;
  }

  /** How many events there are. */
  int size() {
    return queue.size();
  }

  /** In real time, time passes by itself. */
  void advanceTo(long nanos) {
    nowNanos = Math.max(nowNanos, nanos);
  }

  /** When the next event is due; {@code Long.MAX_VALUE} if there is none. */
  long nextAtNanos() {
    Event event = queue.peek();
    return event == null ? Long.MAX_VALUE : event.atNanos;
  }

  /**
   * An event was called off. Time-outs are called off all the time, long before they are due: they
   * must not pile up, with all that they hold, until then.
   */
  void calledOff() {
    if (++cancelled >= FEW && cancelled > queue.size() / 2) {
      queue.removeIf(Event::cancelled);
      cancelled = 0;
    }
  }

  Event run(Event.Kind kind, long delayNanos, Doer doer, Runnable action) {
    SimProcess owner = doer.owner();
    Actor actor = doer.actor();
    if (actor == null) {
      actor = owner == null ? cluster : owner.actor();
    }
    long rank = order.rank(actor, atOnce);
    Event event = Event.run(this, kind, at(delayNanos), actor, rank, sequence++, owner, action);
    queue.add(event);
    return event;
  }

  Event wake(long delayNanos, SimThread thread, long ticket) {
    Event event =
        Event.wake(
            this, at(delayNanos), order.rank(thread.actor(), atOnce), sequence++, thread, ticket);
    queue.add(event);
    return event;
  }

  private long at(long delayNanos) {
    long at = nowNanos + Math.max(0, delayNanos);
    return at < 0 ? Long.MAX_VALUE : at;
  }

  /** Moves to the next event and takes it; null if there is nothing left to happen. */
  @Nullable Event next() {
    return nextUntil(Long.MAX_VALUE);
  }

  /** As {@link #next}, but what is due later than that stays. */
  @Nullable Event nextUntil(long nanos) {
    while (nextAtNanos() <= nanos) {
      Event event = queue.poll();
      if (event == null) {
        return null;
      }
      if (event.cancelled()) {
        cancelled--;
        continue;
      }
      event.take();
      atOnce = event.atNanos > nowNanos ? 0 : atOnce + 1;
      nowNanos = Math.max(nowNanos, event.atNanos);
      SimProcess owner = event.owner;
      if (owner != null) {
        if (owner.crashed()) {
          // Only the threads of a dead process are still resumed, so that their stacks unwind.
          if (event.kind != Event.Kind.WAKE) {
            continue;
          }
        } else {
          long held = owner.heldUntil(nowNanos);
          if (held > nowNanos) {
            event.atNanos = held;
            event.putBack();
            queue.add(event);
            continue;
          }
        }
      }
      happened++;
      boolean others = nextAtNanos() <= nowNanos;
      if (order.happened(event.actor, others)) {
        rankAnew(event.actor);
      }
      return event;
    }
    return null;
  }

  /** Where it is drawn how long something takes that this actor does. */
  Choices.Stream pace(Actor actor, Choices.Stream otherwise) {
    return order.pace(actor, otherwise);
  }

  private void rankAnew(Actor actor) {
    List<Event> events = List.copyOf(queue);
    queue.clear();
    for (Event event : events) {
      if (event.actor == actor) {
        event.rank = actor.rank();
      }
    }
    queue.addAll(events);
  }
}
