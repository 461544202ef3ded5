package io.heddle.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;

/** What a persistent store is told, and when. Of a record each letter is a change. */
class PersistentStoreTest {
  private static final String LOG = "in-changes";
  private static final TopicPartition LOG_0 = new TopicPartition(LOG, 0);
  private static final StoreConfig CONFIG = StoreConfig.of("texts", LOG).withoutCreation();

  private final List<String> calls = new ArrayList<>();
  private Optional<ChangeLogPlace> written = Optional.empty();
  private boolean full;

  /** A store that writes down what it is told. */
  private final class Told implements PersistentStateStore {
    @Override
    public Optional<ChangeLogPlace> place() {
      return written;
    }

    @Override
    public void reset() {
      calls.add("reset");
    }

    @Override
    public void write(ChangeLogPlace place) throws IOException {
      calls.add("write " + place.offset());
      if (full) {
        throw new IOException("no space left");
      }
      written = Optional.of(place);
    }

    @Override
    public void receiveChange(ConsumerRecord<byte[], byte[]> change) {
      calls.add("receive " + change.offset());
    }

    @Override
    public void keep(long position) {
      calls.add("keep " + position);
    }

    @Override
    public void discard() {
      calls.add("discard");
    }

    @Override
    public void commit(long position) {
      calls.add("commit " + position);
    }

    @Override
    public void rollback() {
      calls.add("rollback");
    }

    @Override
    public void revoked() {
      calls.add("revoked");
    }
  }

  private Rig rig(UnaryOperator<EventSourceConfig> configure) {
    Rig rig = new Rig(configure);
    rig.changeLogs.topics.put(LOG, 1);
    StoreHandle<PersistentStateStore> handle =
        rig.source.addStore(CONFIG, PersistentStateStore.class, partition -> new Told());
    return rig.handling(
        (context, value) -> {
          for (byte letter : value.getBytes(UTF_8)) {
            context.recordChange(
                handle, ChangeLogEntry.of(new byte[] {letter}, new byte[] {letter}));
          }
          return ExecutionState.COMPLETE;
        });
  }

  private Rig rig() {
    return rig(config -> config);
  }

  private List<String> callsSince() {
    List<String> copy = List.copyOf(calls);
    calls.clear();
    return copy;
  }

  private static void acknowledge(Rig rig) {
    assertThat(rig.producer.completeNext()).isTrue();
    rig.baton.settle();
    rig.commit();
  }

  private void placedAt(long offset) {
    written = Optional.of(new ChangeLogPlace(Optional.empty(), offset, Instant.EPOCH));
  }

  @Test
  void readsOnFromItsPlaceAndWritesDownWhatItRead() {
    placedAt(2);
    Rig rig = rig();
    for (int i = 0; i < 4; i++) {
      rig.changeLogs.change(LOG_0, "a", "v" + i);
    }
    rig.start(0);

    assertThat(callsSince()).containsExactly("receive 2", "receive 3", "write 4");
    assertThat(rig.heard).contains("restored in-0 texts of 2");
  }

  @Test
  void aPlaceBeyondTheEndIsNotTrusted() {
    placedAt(3);
    Rig rig = rig();
    rig.changeLogs.change(LOG_0, "a", "1");
    rig.start(0);

    assertThat(callsSince()).containsExactly("reset", "receive 0", "write 1");
  }

  @Test
  void isToldOfAChangeWhenItIsAcknowledgedAndACommitIsDue() {
    Rig rig = rig().start(0);
    rig.deliver(0, "a", "b");
    rig.commit();
    assertThat(callsSince()).containsExactly("write 0", "keep 1", "keep 2");

    acknowledge(rig);
    assertThat(callsSince()).containsExactly("commit 2", "write 1");
    rig.commit();
    assertThat(callsSince()).isEmpty();

    acknowledge(rig);
    assertThat(callsSince()).containsExactly("commit 3", "write 2");
  }

  @Test
  void isToldOfAllChangesOfACallbackAtOnce() {
    Rig rig = rig().start(0);
    rig.deliver(0, "ab", "c");
    assertThat(callsSince()).containsExactly("write 0", "keep 1", "keep 2");

    acknowledge(rig);
    assertThat(callsSince()).isEmpty();
    acknowledge(rig);
    assertThat(callsSince()).containsExactly("commit 2", "write 2");
  }

  @Test
  void isNotToldOfAPlaceBehindSomebodyElsesChange() {
    Rig rig = rig().start(0);
    rig.deliver(0, "a");
    acknowledge(rig);
    assertThat(callsSince()).endsWith("commit 2", "write 1");

    var unused = rig.producer.send(new ProducerRecord<>(LOG, 0, new byte[] {1}, new byte[0]));
    acknowledge(rig);
    rig.deliver(1, "b", "c");
    acknowledge(rig);
    acknowledge(rig);

    assertThat(callsSince())
        .containsExactly("keep 2", "keep 3", "commit 3", "write 1", "commit 4", "write 1");
  }

  @Test
  void writesDownWhatIsAcknowledgedBeforeItIsLetGo() {
    Rig rig = rig().start(0);
    rig.deliver(0, "a", "b");
    assertThat(rig.producer.completeNext()).isTrue();
    rig.baton.settle();
    assertThat(callsSince()).containsExactly("write 0", "keep 1", "keep 2");

    rig.lose();

    assertThat(callsSince()).containsExactly("commit 2", "write 1", "revoked");
  }

  @Test
  void aStoreThatCannotWriteStopsTheSource() {
    Rig rig = rig().start(0);
    rig.deliver(0, "a", "b");
    full = true;
    acknowledge(rig);

    assertThat(rig.source.failure().orElseThrow())
        .isInstanceOf(StoreWriteException.class)
        .hasMessage(
            "store 'texts' could not write down its changes up to in-changes-0@1:"
                + " java.io.IOException: no space left");
    full = false;
    rig.producer.completeNext();
    rig.stop();
    assertThat(callsSince())
        .containsExactly("write 0", "keep 1", "keep 2", "commit 2", "write 1", "revoked");
  }

  @Test
  void isToldOfATransactionWhenItIsCommitted() {
    Rig rig = rig(config -> config.withExactlyOnce(ExactlyOnceConfig.of("app", "m1"))).start(0);
    rig.transactions().holdCommits = true;
    rig.deliver(0, "ab");
    rig.commit();
    assertThat(callsSince()).containsExactly("write 0", "keep 0");

    rig.transactions().holdCommits = false;
    rig.commit();
    assertThat(callsSince()).containsExactly("commit 1", "write 2");
  }

  @Test
  void isNotToldOfAnAbortedTransaction() {
    Rig rig = rig(config -> config.withExactlyOnce(ExactlyOnceConfig.of("app", "m1"))).start(0);
    rig.deliver(0, "a");
    rig.commit();
    assertThat(callsSince()).containsExactly("write 0", "keep 0", "commit 1", "write 1");

    rig.transactions().offsetFailures.add(new TransactionAbortableException("again"));
    rig.deliver(1, "b");
    rig.commit();

    // From the beginning, since nothing is committed with this group.
    assertThat(callsSince())
        .containsExactly("keep 1", "rollback", "keep 0", "keep 1", "commit 2", "write 4");
  }
}
