package io.heddle.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for an interface of Kafka's with methods of the same names behind "do"; refuses others.
 */
final class ByName {
  private ByName() {}

  /** A proxy whose methods, but for {@code wakeup}, only that thread may call. */
  static Object proxy(Class<?> type, Object target, Thread owner) {
    return Proxy.newProxyInstance(
        target.getClass().getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> call(target, owner, method, arguments));
  }

  private static @Nullable Object call(
      Object target, Thread owner, Method called, Object @Nullable [] arguments) throws Throwable {
    for (Method own : target.getClass().getDeclaredMethods()) {
      if (own.getName().equals("do" + called.getName())
          && Arrays.equals(own.getParameterTypes(), called.getParameterTypes())) {
        if (!called.getName().equals("wakeup") && Thread.currentThread() != owner) {
          throw new AssertionError(called + " was called on " + Thread.currentThread());
        }
        try {
          return own.invoke(target, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
    throw new UnsupportedOperationException(called.toString());
  }
}
