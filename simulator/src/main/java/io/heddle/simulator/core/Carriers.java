package io.heddle.simulator.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Makes the real threads that carry simulated ones: virtual threads from JDK 24 on, where a wait
 * inside {@code synchronized} no longer pins the carrier, and platform threads before. The turn
 * passes 25 to 150 times faster between virtual threads.
 */
final class Carriers {
  private static final int FIRST_GOOD_RELEASE = 24;
  private static final Optional<Virtual> VIRTUAL = Virtual.find();

  /** {@code Thread.ofVirtual().unstarted(task)}, looked up once: the baseline is older. */
  private record Virtual(MethodHandle ofVirtual, MethodHandle name, MethodHandle unstarted) {
    static Optional<Virtual> find() {
      if (Runtime.version().feature() < FIRST_GOOD_RELEASE) {
        return Optional.empty();
      }
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
        return Optional.of(
            new Virtual(
                lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder)),
                lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class)),
                lookup.findVirtual(
                    builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class))));
      } catch (ReflectiveOperationException missing) {
        throw new IllegalStateException(
            "this JDK should have virtual threads, release " + Runtime.version(), missing);
      }
    }

    Thread carry(String threadName, Runnable body) {
      try {
        Object builder = name.invoke(ofVirtual.invoke(), threadName);
        return (Thread) unstarted.invoke(builder, body);
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable thrown) {
        throw new IllegalStateException("cannot make a virtual thread", thrown);
      }
    }
  }

  /** A thread, not started, that runs the body for this simulated thread. */
  Thread carry(SimThread thread, Runnable body) {
    String name = "sim-" + thread.name();
    Thread carrier =
        VIRTUAL.map(virtual -> virtual.carry(name, body)).orElseGet(() -> platform(name, body));
    thread.carriedBy(carrier);
    return carrier;
  }

  /** A real thread of its own, not started, which does not keep the JVM from ending. */
  static Thread platform(String name, Runnable body) {
    Thread platform = new Thread(body, name);
    platform.setDaemon(true);
    return platform;
  }
}
