package io.heddle.scenarios.run;

import io.heddle.scenarios.model.Transactions;
import io.heddle.simulator.choice.Choices;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a workload's records in transactions, and ends each as is drawn for it. What Kafka does not
 * let it commit is aborted, and its records are lost with it. For one thread, save for {@link
 * #whenCommitted}.
 */
final class TransactionalSends implements AutoCloseable {
  /** How often a call whose outcome is not known is made again. */
  private static final int PATIENCE = 10;

  private enum Fate {
    COMMIT,
    ABORT,
    HANG
  }

  private final Transactions plan;
  private final Map<String, String> config;
  private final String id;
  private final Function<Map<String, Object>, Producer<byte[], byte[]>> maker;
  private final Choices.Stream chance;
  private final Uncommitted uncommitted;
  private final LongConsumer notCommitted;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private @Nullable Producer<byte[], byte[]> producer;
  private Fate fate = Fate.COMMIT;
  private int open;
  private int hung;

  /**
   * @param config settings of the producers
   * @param notCommitted told how many records of a transaction are in the log for nothing
   * @param id that of the first one; one that takes the place of one that hangs has another
   */
  TransactionalSends(
      Transactions plan,
      Map<String, String> config,
      String id,
      Function<Map<String, Object>, Producer<byte[], byte[]>> maker,
      Choices.Stream chance,
      Uncommitted uncommitted,
      LongConsumer notCommitted) {
    this.plan = plan;
    this.config = config;
    this.id = id;
    this.maker = maker;
    this.chance = chance;
    this.uncommitted = uncommitted;
    this.notCommitted = notCommitted;
  }

  /** Sends one more record, in the transaction that is open or in a new one. */
  void send(Payload payload, Consumer<Producer<byte[], byte[]>> send) {
    Producer<byte[], byte[]> now = producer == null ? begun() : producer;
    if (open == 0) {
      now.beginTransaction();
      fate = draw();
    }
    if (fate != Fate.COMMIT) {
      uncommitted.sending(payload);
    }
    open++;
    try {
      send.accept(now);
    } catch (KafkaException refused) {
      replace(now);
      return;
    }
    if (open == plan.records()) {
      end(now);
    }
  }

  /** To be done for a record that is in the log if the transaction that is open is committed. */
  void whenCommitted(Runnable action) {
    waiting.add(action);
  }

  private Fate draw() {
    double drawn = chance.unit();
    return drawn < plan.aborted()
        ? Fate.ABORT
        : drawn < plan.aborted() + plan.hanging() ? Fate.HANG : Fate.COMMIT;
  }

  private Producer<byte[], byte[]> begun() {
    Map<String, Object> settings = new TreeMap<>(config);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, hung == 0 ? id : id + "-" + hung);
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(plan.timeout().toMillis()));
    Producer<byte[], byte[]> made = maker.apply(settings);
    producer = made;
    insist(made::initTransactions);
    return made;
  }

  private void end(Producer<byte[], byte[]> now) {
    try {
      switch (fate) {
        case COMMIT -> {
          insist(now::commitTransaction);
          waiting.forEach(Runnable::run);
          waiting.clear();
        }
        case ABORT -> {
          // Else what has not been sent yet would never be in the log.
          now.flush();
          insist(now::abortTransaction);
        }
        case HANG -> {
          now.flush();
          hung++;
          replace(now);
        }
      }
    } catch (KafkaException refused) {
      replace(now);
    }
    over();
  }

  private void over() {
    if (!waiting.isEmpty()) {
      notCommitted.accept(waiting.size());
      waiting.clear();
    }
    open = 0;
  }

  /** Leaves a producer with what it has open; one with its id ends that when it begins. */
  private void replace(Producer<byte[], byte[]> now) {
    now.close(Duration.ZERO);
    producer = null;
    over();
  }

  private static void insist(Runnable call) {
    for (int attempt = 1; attempt < PATIENCE; attempt++) {
      try {
        call.run();
        return;
      } catch (TimeoutException unknown) {
        // Its outcome is not known: Kafka wants the same call again.
      }
    }
    call.run();
  }

  /** Ends what is open, as it was drawn. */
  @Override
  public void close() {
    Producer<byte[], byte[]> last = producer;
    if (last != null) {
      if (open > 0) {
        end(last);
      }
      last.close();
    }
  }
}
