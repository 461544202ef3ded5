package io.heddle.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How modules, files and classes are made. */
final class StructureRules {
  private static final int MAX_LINES = 400;
  private static final int MAX_FIELDS = 14;
  private static final String JQWIK = "1.9.3";
  private static final String SIMULATOR = "simulator/src/main/java/io/heddle/simulator/";

  /** Which packages below {@code io.heddle} the sources of a module may name. */
  private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

  static {
    ARROWS.put("engine", List.of("engine"));
    ARROWS.put("simulator", List.of("simulator"));
    ARROWS.put("embedded-kafka", List.of("embedded"));
    ARROWS.put("scenarios", List.of("scenarios", "engine", "simulator"));
    ARROWS.put("cli", List.of("cli", "scenarios", "engine", "simulator", "embedded"));
    ARROWS.put("benchmarks", List.of("benchmarks", "scenarios", "engine", "simulator", "embedded"));
  }

  private static final Pattern OURS = Pattern.compile("\\bio\\.heddle\\.(\\w+)");
  private static final Pattern JQWIK_VERSION =
      Pattern.compile("<artifactId>jqwik[\\w-]*</artifactId>\\s*<version>([^<]*)</version>");

  private StructureRules() {}

  static List<Rule> all() {
    return List.of(
        arrows(),
        kafkaInternals(),
        registries(),
        fileLength(),
        fields(),
        fidelity(),
        jqwik(),
        sleeplessTests());
  }

  private static Rule arrows() {
    return new Rule(
            "an import against the arrows of the modules",
            file -> file.path().endsWith(".java") && ARROWS.containsKey(module(file)),
            (file, findings) -> {
              List<String> allowed = ARROWS.getOrDefault(module(file), List.of());
              Matcher matcher = OURS.matcher(file.code());
              while (matcher.find()) {
                if (!allowed.contains(matcher.group(1))) {
                  findings.add(
                      file.lineAt(matcher.start()),
                      "io.heddle." + matcher.group(1) + " in module " + module(file),
                      "what lies along the arrows: " + allowed);
                }
              }
            },
            Map.of(),
            List.of(),
            List.of())
        .catching("engine/src/main/java/A.java", "import io.heddle.simulator.core.Simulation;")
        .catching("simulator/src/main/java/A.java", "import io.heddle.engine.Engine;")
        .catching("simulator/src/test/java/A.java", "import io.heddle.scenarios.Scenario;")
        .catching("scenarios/src/main/java/A.java", "import io.heddle.cli.Main;")
        .catching("cli/src/test/java/A.java", "import io.heddle.rules.Rule;")
        .sparing("scenarios/src/main/java/A.java", "import io.heddle.engine.Engine;");
  }

  private static String module(SourceFile file) {
    return file.path().substring(0, Math.max(0, file.path().indexOf('/')));
  }

  private static Rule kafkaInternals() {
    return Rule.against(
            "Kafka's internals",
            file -> file.isMainOf("engine") || file.isMainOf("simulator"),
            // TimestampType is part of ConsumerRecord's public signature.
            "\\borg\\.apache\\.kafka\\.((\\w+\\.)*internals\\b"
                + "|common\\.((protocol|utils|message|requests|network)\\b"
                + "|record\\.(?!TimestampType\\b)))",
            "kafka-clients' public API")
        .allowing(
            Map.of(
                "simulator/src/main/java/org/apache/kafka/clients/admin/",
                "the bridge: Admin's result classes have no public constructors"))
        .catching("engine/src/main/java/A.java", "import org.apache.kafka.common.utils.Utils;")
        .catching(
            "simulator/src/main/java/A.java", "import org.apache.kafka.common.protocol.Errors;")
        .catching(
            "simulator/src/main/java/A.java",
            "import org.apache.kafka.clients.consumer.internals.Fetcher;")
        .sparing(
            "engine/src/main/java/A.java",
            "import org.apache.kafka.common.errors.ApiException;\n"
                + "import org.apache.kafka.common.record.TimestampType;");
  }

  private static Rule registries() {
    return Rule.against(
            "a registry's address",
            file -> file.path().endsWith("pom.xml"),
            "<(repository|pluginRepository|snapshotRepository|distributionManagement|mirror)>"
                + "|https?://[\\w.-]*(repo|maven(?!\\.apache\\.org/(POM|xsd))|nexus|artifactory"
                + "|mirror|registry|jfrog|packages|jitpack)[\\w.-]*",
            "the settings of whoever builds")
        .catching("pom.xml", "<repository><id>x</id></repository>")
        .catching("cli/pom.xml", "<url>https://repo1.maven.org/maven2</url>")
        .sparing("pom.xml", "xmlns=\"http://maven.apache.org/POM/4.0.0\"");
  }

  private static Rule fileLength() {
    return new Rule(
            "a long file",
            file -> file.path().endsWith(".java"),
            (file, findings) -> {
              if (file.lines().size() > MAX_LINES) {
                findings.add(
                    MAX_LINES + 1,
                    "line " + (MAX_LINES + 1) + " of " + file.lines().size(),
                    "smaller classes, " + MAX_LINES + " lines a file at most,");
              }
            },
            Map.of(),
            List.of(),
            List.of())
        .catching("cli/src/main/java/A.java", "\n".repeat(MAX_LINES + 1))
        .sparing("cli/src/main/java/A.java", "\n".repeat(MAX_LINES));
  }

  private static Rule fields() {
    String tooMany = "class A {\n" + "  private final B<C, D> x = new B<>();\n".repeat(15) + "}\n";
    String enough =
        "class A {\n  static final int X = 1;\n"
            + "  private int x;\n".repeat(14)
            + "  void m() { int y = 1; int z; }\n  abstract void n(int a);\n}\n";
    return new Rule(
            "a class with many fields",
            file -> file.path().endsWith(".java") && file.path().contains("/src/main/"),
            (file, findings) ->
                FieldCount.of(file.code())
                    .forEach(
                        type -> {
                          if (type.fields() > MAX_FIELDS) {
                            findings.add(
                                file.lineAt(type.index()),
                                type.fields() + " fields in " + type.name(),
                                "smaller classes, " + MAX_FIELDS + " fields each at most,");
                          }
                        }),
            Map.of(),
            List.of(),
            List.of())
        .catching("cli/src/main/java/A.java", tooMany)
        .catching(
            "cli/src/main/java/A.java", "record A(" + "Map<B, C> x, ".repeat(14) + "int y) {}\n")
        .catching(
            "cli/src/main/java/A.java",
            "class A {\n"
                + "  byte @Nullable [] x;\n  B.@Nullable C<D> y = () -> { z(); };\n".repeat(8)
                + "}\n")
        .sparing("cli/src/main/java/A.java", enough)
        .sparing("cli/src/main/java/A.java", "record A(" + "B x, ".repeat(13) + "int y) {}\n");
  }

  private static Rule fidelity() {
    String path = SIMULATOR + "broker/PlantedApi.java";
    return new Rule(
            "a request handler that does not say what it models",
            file ->
                file.path().startsWith(SIMULATOR + "broker/") && file.path().endsWith("Api.java"),
            (file, findings) -> {
              for (String paragraph : List.of("<p>Models:", "<p>Does not model:")) {
                if (file.lines().stream().noneMatch(line -> line.contains(paragraph))) {
                  findings.add(1, "a handler without '" + paragraph + "'", "both paragraphs");
                }
              }
            },
            Map.of(),
            List.of(),
            List.of())
        .catching(path, "/**\n * <p>Models: all.\n */\nfinal class PlantedApi {}\n")
        .catching(path, "/**\n * <p>Does not model: all.\n */\nfinal class PlantedApi {}\n")
        .sparing(path, "/**\n * <p>Models: a.\n * <p>Does not model: b.\n */\n");
  }

  /** From 1.10 on jqwik restricts by a usage clause who may use it. */
  private static Rule jqwik() {
    return new Rule(
            "a version of jqwik other than " + JQWIK,
            file -> file.path().endsWith("pom.xml"),
            (file, findings) -> {
              Matcher matcher = JQWIK_VERSION.matcher(file.code());
              while (matcher.find()) {
                if (!matcher.group(1).equals("${jqwik.version}")) {
                  findings.add(
                      file.lineAt(matcher.start()), "jqwik " + matcher.group(1), "the property");
                }
              }
              boolean parent = file.path().equals("pom.xml");
              String property = "<jqwik.version>" + JQWIK + "</jqwik.version>";
              boolean defined = file.code().contains("<jqwik.version>");
              if (parent ? !file.code().contains(property) : defined) {
                findings.add(1, "this jqwik.version", property + " in the parent's pom");
              }
            },
            Map.of(),
            List.of(),
            List.of())
        .catching("pom.xml", "<jqwik.version>1.10.1</jqwik.version>")
        .catching("pom.xml", "<properties/>")
        .catching("cli/pom.xml", "<jqwik.version>1.9.3</jqwik.version>")
        .catching("cli/pom.xml", "<artifactId>jqwik-api</artifactId>\n<version>1.9.3</version>")
        .sparing("pom.xml", "<jqwik.version>1.9.3</jqwik.version>")
        .sparing("cli/pom.xml", "<artifactId>jqwik</artifactId>");
  }

  private static Rule sleeplessTests() {
    return Rule.against(
            "a test that sleeps",
            file -> file.path().contains("/src/test/") && file.path().endsWith(".java"),
            "\\bThread\\s*(\\.|::)\\s*sleep\\b|\\b(NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS"
                + "|MINUTES)\\s*\\.\\s*sleep\\s*\\(",
            "virtual time, or a latch that says that it has happened")
        .catching("cli/src/test/java/A.java", "Thread.sleep(10);")
        .catching("cli/src/test/java/A.java", "TimeUnit.MILLISECONDS.sleep(10);")
        .sparing("cli/src/test/java/A.java", "simulation.sleep(10);");
  }
}
