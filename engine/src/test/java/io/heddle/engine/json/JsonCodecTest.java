package io.heddle.engine.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.heddle.engine.codec.Codec;
import io.heddle.engine.codec.CodecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonCodecTest {
  record Order(String id, int amount, List<String> lines, Map<String, Long> stock) {}

  record Anything(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object content) {}

  private static final Codec<Order> ORDERS = JsonCodec.of(Order.class, 200);

  @Test
  void isThereAndBack() {
    Order order = new Order("ä1", 3, List.of("x", "y"), Map.of("b", 2L, "a", 1L));

    byte[] bytes = ORDERS.encode(order);

    assertThat(ORDERS.decode(bytes)).isEqualTo(order);
    // In the order of names, so that equal values are equal bytes.
    assertThat(new String(bytes, UTF_8))
        .isEqualTo(
            "{\"amount\":3,\"id\":\"ä1\",\"lines\":[\"x\",\"y\"],\"stock\":{\"a\":1,\"b\":2}}");
  }

  @Test
  void refusesWhatIsNotOfItsTypeWithoutShowingIt() {
    for (String bad :
        List.of("{", "[]", "null", "{\"id\":1,\"secret\":2}", "{\"amount\":null}", "{} {}")) {
      assertThatThrownBy(() -> ORDERS.decode(bad.getBytes(UTF_8)))
          .as(bad)
          .isInstanceOf(CodecException.class)
          .hasMessageStartingWith("bytes must be JSON of " + Order.class.getName())
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThatThrownBy(() -> ORDERS.decode(new byte[201]))
        .hasMessage("JSON must be at most 200 bytes, was 201");
    assertThatThrownBy(() -> ORDERS.encode(new Order("x".repeat(300), 0, List.of(), Map.of())))
        .hasMessageStartingWith("JSON must be at most 200 bytes");
    Codec<Object> any = JsonCodec.of(Object.class);
    assertThatThrownBy(() -> any.decode("[".repeat(5000).getBytes(UTF_8)))
        .isInstanceOf(CodecException.class)
        .hasRootCauseInstanceOf(com.fasterxml.jackson.core.exc.StreamConstraintsException.class);
  }

  @Test
  void makesNoClassThatTheInputNames() {
    Codec<Anything> codec = JsonCodec.of(Anything.class);
    String attack = "{\"content\":{\"@class\":\"java.util.ArrayList\"}}";
    assertThatThrownBy(() -> codec.decode(attack.getBytes(UTF_8)))
        .isInstanceOf(CodecException.class)
        .hasStackTraceContaining("denied");
    Codec<Object> any = JsonCodec.of(Object.class);
    assertThat(any.decode("{\"@class\":\"java.util.ArrayList\"}".getBytes(UTF_8)))
        .isEqualTo(Map.of("@class", "java.util.ArrayList"));
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatThrownBy(() -> JsonCodec.of(Order.class, 0))
        .hasMessage("maxBytes must be at least 1, was 0");
  }
}
