package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine runs without the libraries that only some of its users have. */
class OptionalLibrariesTest {
  private static final Path CLASSES = Path.of("target/classes");

  /** Loads our classes anew, and finds no optional library. */
  private static final class Bare extends URLClassLoader {
    Bare() throws IOException {
      super(new URL[] {CLASSES.toUri().toURL()}, OptionalLibrariesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.micrometer.") || name.startsWith("com.fasterxml.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("io.heddle.engine.")) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
      return super.loadClass(name, resolve);
    }
  }

  private static List<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString().replace('/', '.'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .sorted()
          .toList();
    }
  }

  @Test
  void noClassOfTheEngineNeedsOne() throws Exception {
    int loaded = 0;
    try (Bare bare = new Bare()) {
      for (String name : classes()) {
        if (!name.startsWith("io.heddle.engine.micrometer.")
            && !name.startsWith("io.heddle.engine.json.")) {
          Class<?> type = Class.forName(name, true, bare);
          // Resolves every type that its members name.
          assertThat(type.getDeclaredMethods()).isNotNull();
          assertThat(type.getDeclaredConstructors()).isNotNull();
          assertThat(type.getDeclaredFields()).isNotNull();
          loaded++;
        }
      }
    }
    assertThat(loaded).isGreaterThan(80);
  }

  @Test
  void thisWouldBeNoticed() throws Exception {
    try (Bare bare = new Bare()) {
      Class<?> type = Class.forName("io.heddle.engine.json.JsonCodec", false, bare);
      assertThatThrownBy(type::getDeclaredFields).isInstanceOf(NoClassDefFoundError.class);
    }
  }
}
