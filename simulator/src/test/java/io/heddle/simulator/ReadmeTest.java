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
    assertShows(Path.of("..", "README.md"), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BookingTest", "PlainBooking", "PooledBooking", "BookingService"})
  void thePageOnUnitTestsShowsThemToo(String name) throws IOException {
    assertShows(Path.of("..", "docs", "UNIT-TESTS.md"), name);
  }

  private static void assertShows(Path page, String name) throws IOException {
    String source = Files.readString(Path.of("src/test/java/example", name + ".java"));
    assertThat(Files.readString(page)).contains("```java\n" + source + "```");
  }
}
