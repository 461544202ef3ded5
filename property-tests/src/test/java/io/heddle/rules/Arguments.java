package io.heddle.rules;

import io.heddle.rules.Rule.Findings;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the arguments of calls in blanked code. */
final class Arguments {
  private Arguments() {}

  /** A check of calls: the pattern ends with the opening parenthesis. */
  static BiConsumer<SourceFile, Findings> of(
      String pattern, IntPredicate banned, String what, String instead) {
    Pattern compiled = Pattern.compile(pattern);
    return (file, findings) -> {
      Matcher matcher = compiled.matcher(file.code());
      while (matcher.find()) {
        if (banned.test(count(file.code(), matcher.end()))) {
          findings.add(file.lineAt(matcher.start()), what, instead);
        }
      }
    };
  }

  /** The number of arguments of the call whose opening parenthesis ends just before this place. */
  static int count(String code, int from) {
    int depth = 0;
    int commas = 0;
    boolean any = false;
    for (int i = from; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '(' || c == '{' || c == '[') {
        depth++;
      } else if (c == ')' && depth == 0) {
        break;
      } else if (c == ')' || c == '}' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        commas++;
      }
      any |= !Character.isWhitespace(c);
    }
    return any ? commas + 1 : 0;
  }
}
