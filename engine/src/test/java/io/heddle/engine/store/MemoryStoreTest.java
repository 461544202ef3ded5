package io.heddle.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store beside one that keeps the whole state of each position. */
class MemoryStoreTest {
  private static final int KEYS = 12;

  private final OrderedStore store = OrderedStore.inMemory();
  private NavigableMap<Integer, Integer> committed = new TreeMap<>();
  private final NavigableMap<Long, NavigableMap<Integer, Integer>> states = new TreeMap<>();

  private static byte[] bytes(int number) {
    return new byte[] {(byte) number};
  }

  private NavigableMap<Integer, Integer> found(byte @Nullable [] from, byte @Nullable [] to) {
    NavigableMap<Integer, Integer> found = new TreeMap<>();
    List<Integer> keys = new ArrayList<>();
    store.forEach(
        from,
        to,
        (key, value) -> {
          keys.add(Byte.toUnsignedInt(key[0]));
          found.put(Byte.toUnsignedInt(key[0]), (int) value[0]);
        });
    assertThat(keys).isSorted().doesNotHaveDuplicates();
    return found;
  }

  private NavigableMap<Integer, Integer> now() {
    return states.isEmpty() ? committed : states.lastEntry().getValue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isWhatItWasAtAnyPositionThatIsCommitted(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      int key = 120 + random.nextInt(KEYS);
      store.receiveChange(change(key, i));
      committed.put(key, i);
    }
    for (long position = 0; position < 600; position++) {
      NavigableMap<Integer, Integer> next = new TreeMap<>(now());
      boolean fails = random.nextInt(4) == 0;
      for (int writes = random.nextInt(4); writes > 0; writes--) {
        int key = 120 + random.nextInt(KEYS);
        if (random.nextInt(3) == 0) {
          store.delete(bytes(key));
          next.remove(key);
        } else {
          int value = random.nextInt(100);
          store.put(bytes(key), bytes(value));
          next.put(key, value);
        }
      }
      assertThat(found(null, null)).isEqualTo(next);
      if (fails) {
        store.discard();
      } else {
        store.keep(position);
        states.put(position, next);
      }
      if (random.nextInt(10) == 0) {
        long upTo = position - random.nextInt(5);
        store.commit(upTo);
        if (states.lowerEntry(upTo) != null) {
          committed = states.lowerEntry(upTo).getValue();
          states.headMap(upTo, false).clear();
        }
      }
      if (random.nextInt(25) == 0) {
        store.rollback();
        states.clear();
      }
      assertThat(found(null, null)).isEqualTo(now());
      assertThat(found(bytes(124), bytes(129))).isEqualTo(now().subMap(124, true, 129, false));
      int key = 120 + random.nextInt(KEYS);
      byte[] value = store.get(bytes(key));
      assertThat(value == null ? null : Integer.valueOf(value[0])).isEqualTo(now().get(key));
    }
  }

  private static ConsumerRecord<byte[], byte[]> change(int key, int value) {
    return new ConsumerRecord<>("changes", 0, 0, bytes(key), bytes(value));
  }

  @Test
  void forgetsEverythingWhenItIsRevoked() throws Exception {
    store.receiveChange(change(1, 1));
    store.put(bytes(2), bytes(2));

    store.revoked();

    assertThat(found(null, null)).isEmpty();
  }
}
