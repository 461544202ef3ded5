package io.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaJarsTest {
  private static final String ENTRY = "io/heddle/embedded/EmbeddedKafka.class";

  private final Path directory;

  KafkaJarsTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    try (ZipOutputStream jar =
            new ZipOutputStream(Files.newOutputStream(directory.resolve("a b.jar")));
        InputStream entry =
            Objects.requireNonNull(
                EmbeddedKafka.class.getClassLoader().getResourceAsStream(ENTRY))) {
      jar.putNextEntry(new ZipEntry(ENTRY));
      entry.transferTo(jar);
    }
  }

  @Test
  void startsTheServerApartFromThisProgram() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    try (RealKafka kafka = KafkaJars.in(directory).embedded(3, Map.of("p", "v"))) {
      assertThat(kafka.bootstrapServers()).isEqualTo("3 {p=v} embedded-kafka platform");
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
    assertThat(System.clearProperty(EmbeddedKafka.CLOSED)).isEqualTo("yes");
  }

  @Test
  void passesOnWhyItDidNotStart() {
    assertThatThrownBy(() -> KafkaJars.in(directory).embedded(0, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("no brokers");
  }

  @Test
  void saysThatJarsAreNotTheServers() throws IOException {
    Files.delete(directory.resolve("a b.jar"));

    assertThatThrownBy(() -> KafkaJars.in(directory).embedded(1, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not fit");
  }

  @Test
  void refusesWithoutTheLauncher() {
    assertThatThrownBy(() -> RealKafka.embedded(1, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("./heddle");
  }
}
