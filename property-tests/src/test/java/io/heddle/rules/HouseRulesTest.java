package io.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the sources of all modules must not do, and what to do instead. */
class HouseRulesTest {
  private static final List<SourceFile> SOURCES = sources(root());
  private static final List<Rule> RULES =
      Stream.of(CallRules.all(), CollectionRules.all(), StructureRules.all())
          .flatMap(List::stream)
          .toList();

  /** The nearest directory above the working directory that holds all modules. */
  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve("engine/src"))
        || !Files.isDirectory(directory.resolve("simulator/src"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("no modules above " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }

  private static List<SourceFile> sources(Path root) {
    List<SourceFile> sources = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = folder.getFileName().toString();
              boolean skipped =
                  !folder.equals(root) && (name.equals("target") || name.startsWith("."));
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String path = root.relativize(file).toString().replace('\\', '/');
              if (path.endsWith(".java") || path.endsWith("pom.xml")) {
                sources.add(SourceFile.of(path, Files.readString(file)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
    sources.sort(Comparator.comparing(SourceFile::path));
    return sources;
  }

  @TestFactory
  Stream<DynamicTest> noSourceContains() {
    return RULES.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.name(),
                    () ->
                        assertThat(
                                SOURCES.stream()
                                    .filter(file -> rule.judges(file) && !rule.allows(file))
                                    .flatMap(file -> rule.violations(file).stream()))
                            .isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> aPlantedViolationIsCaughtBy() {
    return RULES.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.name(),
                    () ->
                        assertThat(rule.planted())
                            .isNotEmpty()
                            .allSatisfy(
                                planted -> {
                                  assertThat(rule.judges(planted)).isTrue();
                                  assertThat(rule.allows(planted)).isFalse();
                                  assertThat(rule.violations(planted))
                                      .isNotEmpty()
                                      .allMatch(it -> it.startsWith(planted.path() + ":"))
                                      .allMatch(it -> it.contains(": banned "))
                                      .allMatch(it -> it.contains(", use "));
                                })));
  }

  @TestFactory
  Stream<DynamicTest> whatIsLegalIsSparedBy() {
    return RULES.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.name(),
                    () ->
                        assertThat(rule.legal())
                            .allSatisfy(
                                legal -> {
                                  assertThat(rule.judges(legal)).isTrue();
                                  assertThat(rule.violations(legal)).isEmpty();
                                })));
  }

  @Test
  void eachRuleJudgesSomething() {
    assertThat(RULES)
        .allSatisfy(rule -> assertThat(SOURCES).as(rule.name()).anyMatch(rule::judges));
  }

  @Test
  void noAllowanceIsLeftOver() {
    List<String> leftOver = new ArrayList<>();
    for (Rule rule : RULES) {
      for (String path : rule.allowed().keySet()) {
        boolean needed =
            SOURCES.stream()
                .filter(file -> file.path().startsWith(path))
                .anyMatch(file -> !rule.violations(file).isEmpty());
        if (!needed) {
          leftOver.add(path + " needs no allowance for " + rule.name());
        }
      }
    }
    assertThat(leftOver).isEmpty();
  }

  @Test
  void commentsAndLiteralsAreNotJudged() {
    SourceFile file =
        SourceFile.of(
            "engine/src/main/java/A.java",
            """
            /* a */ int a = 1; // b
            String s = "c \\" // d", t = "";
            char c = '"', d = '\\'';
            int e; /** f
             * " g */ int h;
            """);

    assertThat(file.code().lines().map(line -> line.replaceAll("\\s+", "")))
        .containsExactly("inta=1;", "Strings=\"\",t=\"\";", "charc='',d='';", "inte;", "inth;");
    assertThat(file.code()).hasSize(String.join("\n", file.lines()).length() + 1);
  }
}
