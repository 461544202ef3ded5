package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageDocumentationTest {
  private static final Path SOURCES = Path.of("src/main/java/io/heddle/simulator/broker");

  @Test
  void everyHandlerSaysWhatItModelsAndWhatNot() throws IOException {
    List<Path> handlers;
    try (Stream<Path> files = Files.list(SOURCES)) {
      handlers = files.filter(file -> file.toString().endsWith("Api.java")).sorted().toList();
    }

    assertThat(handlers).hasSameSizeAs(ApiKey.values());
    for (Path handler : handlers) {
      String source = Files.readString(handler);
      assertThat(source).as(handler.toString()).contains(" implements RequestHandler<");
      String javadoc = source.substring(source.indexOf("/**"), source.indexOf("final class"));
      assertThat(javadoc).as(handler.toString()).contains("<p>Models: ", "<p>Does not model: ");
    }
  }

  @Test
  void everyApiHasItsHandler() {
    assertThat(ApiKey.titles())
        .allSatisfy(title -> assertThat(SOURCES.resolve(title + "Api.java")).exists());
  }
}
