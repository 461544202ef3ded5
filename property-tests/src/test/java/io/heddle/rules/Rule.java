package io.heddle.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that sources must not do.
 *
 * @param name what the rule is about, as a test's name
 * @param scope which files it judges
 * @param check tells of each place that breaks it
 * @param allowed paths, or folders with a slash at the end, that may break it, and why
 * @param planted files that break it, each of which it must catch
 * @param legal files that look alike and do not break it
 */
record Rule(
    String name,
    Predicate<SourceFile> scope,
    BiConsumer<SourceFile, Findings> check,
    Map<String, String> allowed,
    List<SourceFile> planted,
    List<SourceFile> legal) {

  /** Takes down what is wrong. */
  interface Findings {
    void add(int line, String banned, String instead);
  }

  /** A rule against whatever this pattern finds in code. */
  static Rule against(String name, Predicate<SourceFile> scope, String pattern, String instead) {
    Pattern compiled = Pattern.compile(pattern);
    return new Rule(
        name,
        scope,
        (file, findings) -> {
          Matcher matcher = compiled.matcher(file.code());
          while (matcher.find()) {
            findings.add(file.lineAt(matcher.start()), name, instead);
          }
        },
        Map.of(),
        List.of(),
        List.of());
  }

  /** The same, but these files may, too. */
  Rule allowing(Map<String, String> pathsAndReasons) {
    Map<String, String> all = new LinkedHashMap<>(allowed);
    all.putAll(pathsAndReasons);
    return new Rule(name, scope, check, all, planted, legal);
  }

  /** The same, with a file that it must catch. */
  Rule catching(String path, String text) {
    List<SourceFile> more = new ArrayList<>(planted);
    more.add(SourceFile.of(path, text));
    return new Rule(name, scope, check, allowed, more, legal);
  }

  /** The same, with a file that it must leave alone. */
  Rule sparing(String path, String text) {
    List<SourceFile> more = new ArrayList<>(legal);
    more.add(SourceFile.of(path, text));
    return new Rule(name, scope, check, allowed, planted, more);
  }

  boolean judges(SourceFile file) {
    return scope.test(file);
  }

  boolean allows(SourceFile file) {
    return allowed.keySet().stream()
        .anyMatch(
            path -> path.endsWith("/") ? file.path().startsWith(path) : file.path().equals(path));
  }

  /** Everything in the file that breaks the rule, allowed or not. */
  List<String> violations(SourceFile file) {
    List<String> violations = new ArrayList<>();
    check.accept(
        file,
        (line, banned, instead) ->
            violations.add(
                file.path() + ":" + line + ": banned " + banned + ", use " + instead + " instead"));
    return violations;
  }
}
