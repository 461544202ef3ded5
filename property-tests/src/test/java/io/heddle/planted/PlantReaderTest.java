package io.heddle.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.planted.Plant.Catalogue;
import io.heddle.planted.Plant.Edit;
import io.heddle.planted.Plant.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlantReaderTest {
  private static final String FILE =
      """
      mistake: It counts wrong.
      origin: gkes D1, own
      trial: swarm
      breaks: progress

      @@ A.java
      one
        two
      ==>
      three
      @@ scenarios/B.java
      four
      ==>
      """;

  @Test
  void readsTheHeadAndTheEdits() {
    assertThat(PlantReader.read("wrong", FILE))
        .isEqualTo(
            new Plant(
                "wrong",
                "It counts wrong.",
                List.of(new Origin(Catalogue.GKES, "D1"), new Origin(Catalogue.OWN, "")),
                "swarm",
                "progress",
                20,
                List.of(
                    new Edit("engine/src/main/java/io/heddle/engine/A.java", "one\n  two", "three"),
                    new Edit("scenarios/B.java", "four", ""))));
  }

  @Test
  void whatIsNoPlantIsRefusedByName() {
    refuses(FILE.replace("mistake: ", "mistakes: "), "wrong: unknown field 'mistakes'");
    refuses(FILE.replace("origin: ", "trial: "), "wrong: trial twice");
    refuses(FILE.replace("gkes D1", "gkes"), "wrong: no origin: 'gkes'");
    refuses(FILE.replace("==>", "=>"), "wrong: an edit of A.java without '==>'");
    refuses(FILE.substring(0, FILE.indexOf("@@")), "wrong: no edit");
    refuses(
        FILE.replace("four\n", "\n"), "wrong: an edit of scenarios/B.java that replaces nothing");
  }

  private static void refuses(String file, String message) {
    assertThatThrownBy(() -> PlantReader.read("wrong", file)).hasMessage(message);
  }

  @Test
  void anEditAppliesOnceWhateverTheFormatterMadeOfTheLines() {
    Edit edit = new Edit("A.java", "call(a,\n    b);", "call(b, a);");

    assertThat(Sources.apply("wrong", edit, "{ call(a, b); }")).isEqualTo("{ call(b, a); }");
    assertThatThrownBy(() -> Sources.apply("wrong", edit, "{ call(a); }"))
        .hasMessageContaining("wrong: A.java does not have what is to be replaced");
    assertThatThrownBy(() -> Sources.apply("wrong", edit, "{ call(a, b); call(a,  b); }"))
        .hasMessageContaining("wrong: A.java has what is to be replaced more than once");
  }

  @Test
  void whatDoesNotCompileIsRefused() {
    Map<String, String> sources = Map.of("engine/src/main/java/A.java", "class A { B b; }");

    assertThatThrownBy(() -> Compilation.of("wrong", sources))
        .hasMessageContaining("wrong does not compile")
        .hasMessageContaining("cannot find symbol");
  }
}
