package io.heddle.simulator;

import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.core.Simulation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets any thread of a process call what was made for the thread that has the turn: a call comes
 * inside the simulation, and what the application handed over (listeners, callbacks) runs outside,
 * so that it may wait for whatever it likes.
 */
record Entrance(Simulation simulation, SimProcess process) {
  private static final List<Class<?>> CALLED_BACK =
      List.of(
          ConsumerRebalanceListener.class,
          OffsetCommitCallback.class,
          Callback.class,
          Runnable.class);

  /** The same, for any thread; in virtual time just that, as there only one thread calls. */
  <T> T to(Class<T> type, T target) {
    return simulation.isRealTime() ? type.cast(proxy(type, inward(target))) : target;
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(Entrance.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private InvocationHandler inward(Object target) {
    return (proxy, method, arguments) -> {
      @Nullable Object[] entering = arguments == null ? new Object[0] : arguments.clone();
      for (int i = 0; i < entering.length; i++) {
        entering[i] = outward(entering[i], method.getParameterTypes()[i]);
      }
      Object result = simulation.insideAs(process, () -> call(target, method, entering));
      return result instanceof Future<?> future && method.getReturnType() == Future.class
          ? proxy(Future.class, inward(future))
          : result;
    };
  }

  private @Nullable Object outward(@Nullable Object argument, Class<?> type) {
    if (argument == null || !CALLED_BACK.contains(type)) {
      return argument;
    }
    return proxy(
        type,
        (proxy, method, arguments) -> {
          Outcome outcome = new Outcome();
          simulation.outside(() -> outcome.of(argument, method, arguments));
          return outcome.result();
        });
  }

  /** What came of a call, carried past an interface that knows no exceptions. */
  private static final class Outcome {
    private @Nullable Object value;
    private @Nullable Exception failure;

    void of(Object target, Method method, @Nullable Object @Nullable [] arguments) {
      try {
        value = call(target, method, arguments);
      } catch (Exception thrown) {
        failure = thrown;
      }
    }

    @Nullable Object result() throws Exception {
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    }
  }
}
