package io.heddle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
  @ParameterizedTest
  @ValueSource(strings = {"OrdersTest", "PaymentsTest"})
  void showsTheTestsThatAreCompiledAndRunHere(String name) throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String test = Files.readString(Path.of("src/test/java/example", name + ".java"));

    assertThat(readme).contains("```java\n" + test + "```");
  }
}
