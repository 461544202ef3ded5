package io.heddle.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what clients see of their own calls, for {@link Anomaly}s to be looked for: put it around
 * the clients of an application, on a simulated Kafka or on a real one.
 *
 * <pre>
 * Checks checks = Checks.anomalies();
 * ClientRecorder recorder = new ClientRecorder(kafka.simulation()::nanoTime, checks::accept);
 * Producer&lt;String, String&gt; producer =
 *     recorder.producer(new Member("writer", 1), "", kafka.producer(settings));
 * </pre>
 *
 * <p>The clients are what they were, and as thread-safe; nothing is added to what they send.
 * Records should have values of their own: those that cannot be told apart are judged by their
 * places only.
 */
public final class ClientRecorder {
  private static final int LONGEST = 200;
  private static final int SHOWN = 60;

  private final LongSupplier nanoTime;
  private final Consumer<? super Fact> facts;

  /**
   * @param nanoTime nanoseconds since the start of the run
   * @param facts receives the facts; as thread-safe as the clients are used
   */
  public ClientRecorder(LongSupplier nanoTime, Consumer<? super Fact> facts) {
    this.nanoTime = nanoTime;
    this.facts = facts;
  }

  /**
   * A consumer that tells what it is given.
   *
   * @param client its name
   * @param committedOnly whether its {@code isolation.level} is {@code read_committed}
   */
  @SuppressWarnings("unchecked")
  public <K, V> org.apache.kafka.clients.consumer.Consumer<K, V> consumer(
      Member client,
      boolean committedOnly,
      org.apache.kafka.clients.consumer.Consumer<K, V> consumer) {
    return (org.apache.kafka.clients.consumer.Consumer<K, V>)
        proxy(
            org.apache.kafka.clients.consumer.Consumer.class,
            new RecordedConsumer(consumer, client, committedOnly, this));
  }

  /**
   * A producer that tells what becomes of what it sends.
   *
   * @param client its name
   * @param transactionalId its {@code transactional.id}, or an empty string
   */
  @SuppressWarnings("unchecked")
  public <K, V> Producer<K, V> producer(
      Member client, String transactionalId, Producer<K, V> producer) {
    return (Producer<K, V>)
        proxy(
            Producer.class,
            new RecordedProducer<>(producer, client, transactionalId + "/" + client, this));
  }

  long now() {
    return nanoTime.getAsLong();
  }

  void tell(Fact fact) {
    facts.accept(fact);
  }

  /** What tells a record from others: a long text by how it begins and its SHA-256. */
  static String text(@Nullable Object value) {
    String text = value instanceof byte[] bytes ? KeyText.of(bytes) : String.valueOf(value);
    if (text.length() <= LONGEST) {
      return text;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return text.substring(0, SHOWN) + "… " + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Calls the client as if nobody stood between. */
  static @Nullable Object pass(Object client, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
