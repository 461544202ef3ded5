package io.heddle.simulator.client;

import io.heddle.simulator.history.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * What a member of a consumer group wants the application's thread to do: the calls of its
 * listener, above all. They wait here until the application polls or unsubscribes, as they do in
 * kafka-clients between its background thread and the application. Also takes down as facts what
 * happens to partitions.
 */
final class ListenerCalls {
  /** Something for the application's thread. */
  private record Event(boolean assigns, Runnable action, Runnable skipped) {}

  private final ClientContext context;
  private final Subscriptions subscriptions;
  private final Queue<Event> events = new ArrayDeque<>();
  private List<TopicPartition> atClose = List.of();

  ListenerCalls(ClientContext context, Subscriptions subscriptions) {
    this.context = context;
    this.subscriptions = subscriptions;
  }

  /** Whether something waits for the application's thread. */
  boolean waiting() {
    return !events.isEmpty();
  }

  /** The next poll throws this. */
  void fail(RuntimeException failure) {
    events.add(
        new Event(
            false,
            () -> {
              throw failure;
            },
            () -> {}));
  }

  /**
   * Does what waits, in order; throws at the end what the first that failed has thrown.
   *
   * @param unsubscribing whether assignments are skipped
   */
  void run(boolean unsubscribing) {
    List<Event> due = new ArrayList<>(events);
    events.clear();
    RuntimeException first = null;
    for (Event event : due) {
      if (unsubscribing && event.assigns()) {
        event.skipped().run();
        continue;
      }
      try {
        event.action().run();
      } catch (RuntimeException failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Lets the application's thread take an assignment over and tell of what is new. */
  void assign(
      List<TopicPartition> all, List<TopicPartition> added, int epoch, Consumer<Boolean> done) {
    events.add(
        new Event(
            true,
            () -> {
              subscriptions.replaceAwaitingCallback(all, added);
              atClose = all;
              if (!added.isEmpty()) {
                context
                    .facts()
                    .accept(new Fact.Assigned(now(), context.process().member(), epoch, added));
              }
              tell(ConsumerRebalanceListener::onPartitionsAssigned, added, done);
            },
            () -> done.accept(false)));
  }

  /** Lets the application's thread tell that partitions are going. */
  void revoke(List<TopicPartition> revoked, Consumer<Boolean> done) {
    if (revoked.isEmpty() || subscriptions.listener() == null) {
      revokeStarted(revoked);
      revoked(revoked);
      done.accept(true);
      return;
    }
    events.add(
        new Event(
            false,
            () -> {
              revokeStarted(revoked);
              tell(
                  ConsumerRebalanceListener::onPartitionsRevoked,
                  revoked,
                  ok -> {
                    revoked(revoked);
                    done.accept(ok);
                  });
            },
            () -> {}));
  }

  /** Lets the application's thread tell that partitions have gone. */
  void lose(List<TopicPartition> lost, String reason, Runnable done) {
    if (!lost.isEmpty()) {
      context.facts().accept(Fact.Lost.told(now(), context.process().member(), lost, reason));
    }
    if (lost.isEmpty() || subscriptions.listener() == null) {
      done.run();
      return;
    }
    events.add(
        new Event(
            false,
            () -> tell(ConsumerRebalanceListener::onPartitionsLost, lost, ok -> done.run()),
            () -> {}));
  }

  /** Nothing is assigned any more, and the consumer knows it. */
  void forgetAssigned() {
    atClose = List.of();
  }

  /**
   * Tells at once, as a consumer that is being closed does, that everything goes. In kafka-clients
   * this does not look at what is assigned but at what it was told last, and nobody tells it of an
   * unsubscription: then what was revoked is lost once more.
   */
  void releaseOnClose(boolean member) {
    List<TopicPartition> owned = atClose;
    if (owned.isEmpty() || context.process().crashed()) {
      // Whoever closes a consumer while its process dies tells nobody.
      return;
    }
    if (member) {
      revokeStarted(owned);
      tell(ConsumerRebalanceListener::onPartitionsRevoked, owned, ok -> revoked(owned));
    } else {
      if (subscriptions.automatic() && !subscriptions.partitions().isEmpty()) {
        context.facts().accept(Fact.Lost.told(now(), context.process().member(), owned, "fenced"));
      }
      tell(ConsumerRebalanceListener::onPartitionsLost, owned, ok -> {});
    }
  }

  private void revokeStarted(List<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      context.facts().accept(new Fact.RevokeStarted(now(), context.process().member(), partitions));
    }
  }

  private void revoked(List<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      context.facts().accept(new Fact.Revoked(now(), context.process().member(), partitions));
    }
  }

  private long now() {
    return context.simulation().nanoTime();
  }

  /**
   * Calls the listener, goes on with {@code done}, and then throws what the listener has thrown.
   */
  private void tell(
      BiConsumer<ConsumerRebalanceListener, Collection<TopicPartition>> callback,
      List<TopicPartition> partitions,
      Consumer<Boolean> done) {
    Optional<RuntimeException> failure = call(callback, partitions);
    done.accept(failure.isEmpty());
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private Optional<RuntimeException> call(
      BiConsumer<ConsumerRebalanceListener, Collection<TopicPartition>> callback,
      List<TopicPartition> partitions) {
    ConsumerRebalanceListener listener = subscriptions.listener();
    if (listener == null) {
      return Optional.empty();
    }
    try {
      callback.accept(listener, new LinkedHashSet<>(partitions));
      return Optional.empty();
    } catch (WakeupException | InterruptException passedOn) {
      return Optional.of(passedOn);
    } catch (KafkaException failed) {
      return Optional.of(failed);
    } catch (RuntimeException failed) {
      return Optional.of(new KafkaException("User rebalance callback throws an error", failed));
    }
  }
}
