package io.heddle.scenarios.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** A member's consumer whose polls are watched. */
final class WatchedPolls implements InvocationHandler {
  private final Consumer<byte[], byte[]> consumer;
  private final OwnershipPromises promises;
  private final java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> polled;

  private WatchedPolls(
      Consumer<byte[], byte[]> consumer,
      OwnershipPromises promises,
      java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> polled) {
    this.consumer = consumer;
    this.promises = promises;
    this.polled = polled;
  }

  /**
   * @param polled told what each poll returns, before whoever polls
   */
  @SuppressWarnings("unchecked")
  static Consumer<byte[], byte[]> of(
      Consumer<byte[], byte[]> consumer,
      OwnershipPromises promises,
      java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> polled) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            WatchedPolls.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            new WatchedPolls(consumer, promises, polled));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!method.getName().equals("poll")) {
      return pass(method, arguments);
    }
    List<OwnershipPromises.Full> full = promises.full();
    Object returned = pass(method, arguments);
    if (returned instanceof ConsumerRecords<?, ?> records) {
      promises.polled(full, records);
      polled.accept(ofBytes(records));
    }
    return returned;
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecords<byte[], byte[]> ofBytes(ConsumerRecords<?, ?> records) {
    return (ConsumerRecords<byte[], byte[]>) records;
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
