package io.heddle.properties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshJvmTest {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final String SCENARIO = "quickstart";
  private static final long SEED = 7;

  @Test
  void aFreshJvmTellsTheSameHistory() throws Exception {
    String hash = TraceHash.of(SCENARIO, SEED);

    Path home = Path.of(System.getProperty("java.home"));

    assertThat(hashIn(home, SEED)).isEqualTo(hash);
    assertThat(hashIn(home, SEED + 1)).isNotEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void eachJdkTellsTheSameHistory(int feature) throws Exception {
    Optional<Path> home = jdk(feature);
    assumeTrue(home.isPresent(), () -> "there is no JDK " + feature + " in " + INSTALLED);

    assertThat(hashIn(home.orElseThrow(), SEED)).isEqualTo(TraceHash.of(SCENARIO, SEED));
  }

  private static Optional<Path> jdk(int feature) throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes.filter(home -> isJdk(home, feature)).sorted().findFirst();
    }
  }

  private static boolean isJdk(Path home, int feature) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + feature + ".");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static String hashIn(Path home, long seed) throws Exception {
    List<String> command =
        List.of(
            home.resolve("bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            TraceHash.class.getName(),
            SCENARIO,
            String.valueOf(seed));
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(jvm.getInputStream().readAllBytes(), UTF_8);
    assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(jvm.exitValue()).as(printed).isZero();
    return printed.strip();
  }
}
