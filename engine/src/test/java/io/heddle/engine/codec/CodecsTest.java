package io.heddle.engine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CodecsTest {
  private static final Codec<Long> LONGS = Codecs.sortableLongs();

  @Test
  void sortsBytesOfLongsAsTheNumbersAreSorted() {
    Random random = new Random(1);
    // Of all magnitudes: 1 and 256 are told apart by their second byte only.
    List<Long> numbers =
        Stream.concat(
                Stream.of(
                    Long.MIN_VALUE, -257L, -256L, -4L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE),
                Stream.generate(() -> random.nextLong() >> random.nextInt(64)).limit(10_000))
            .toList();

    List<Long> sorted = numbers.stream().sorted().toList();
    List<Long> byBytes =
        numbers.stream()
            .map(LONGS::encode)
            .sorted(Arrays::compareUnsigned)
            .map(LONGS::decode)
            .toList();

    assertThat(byBytes).isEqualTo(sorted);
  }

  @Test
  void refusesBytesOfAnotherLength() {
    assertThatThrownBy(() -> LONGS.decode(new byte[9]))
        .isInstanceOf(CodecException.class)
        .hasMessage("a long must be 8 bytes, was 9");
  }

  @Test
  void takesStringsStrictly() {
    Codec<String> strings = Codecs.strings();
    assertThat(strings.decode(strings.encode("grün €😀"))).isEqualTo("grün €😀");
    assertThatThrownBy(() -> strings.decode(new byte[] {'a', (byte) 0xc3}))
        .hasMessage("a string must be UTF-8, was 2 bytes that are not");
    assertThatThrownBy(() -> strings.encode("\ud83d"))
        .hasMessage("a string must have no half surrogate pairs, had one");
  }

  @Test
  void limitsBothWays() {
    Codec<String> limited = Codecs.limited(Codecs.strings(), 3);
    assertThat(limited.decode(limited.encode("abc"))).isEqualTo("abc");
    assertThatThrownBy(() -> limited.decode("abcd".getBytes(UTF_8)))
        .hasMessage("a value must be at most 3 bytes, was 4");
    assertThatThrownBy(() -> limited.encode("abcd")).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> Codecs.limited(Codecs.bytes(), 0))
        .hasMessage("maxBytes must be at least 1, was 0");
  }

  @Test
  void decodesValuesAndKeysOfRecordsButNotWhatIsNotThere() throws Exception {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("in", 0, 0, "k".getBytes(UTF_8), "v".getBytes(UTF_8));
    assertThat(Codecs.strings().ofValues().decode(record)).isEqualTo("v");
    assertThat(Codecs.strings().ofKeys().decode(record)).isEqualTo("k");
    ConsumerRecord<byte[], byte[]> empty = new ConsumerRecord<>("in", 0, 0, null, null);
    assertThatThrownBy(() -> Codecs.strings().ofValues().decode(empty))
        .hasMessage("value must be present, was a tombstone");
    assertThatThrownBy(() -> Codecs.strings().ofKeys().decode(empty))
        .hasMessage("key must be present, was null");
  }
}
