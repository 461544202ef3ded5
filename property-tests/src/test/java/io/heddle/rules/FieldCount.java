package io.heddle.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the instance fields of each type in blanked code, the components of a record included. */
final class FieldCount {
  /**
   * A type.
   *
   * @param index where its body begins
   */
  record Type(String name, int fields, int index) {}

  private static final Pattern TYPE = Pattern.compile("\\b(class|interface|enum|record)\\s+(\\w+)");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?s)\\s*(?:@\\w+\\s+|(?:private|protected|public|final|volatile|transient)\\s+)*"
              + "(?:\\w+\\.)*(?:@\\w+\\s+)?\\w+(?:\\s*<.*>)?(?:\\s*@\\w+)*(?:\\s*\\[\\s*\\])*\\s+\\w+\\s*");
  private static final Pattern NOT_A_FIELD =
      Pattern.compile("(?s)\\s*(return|throw|package|import|yield|static)\\b.*|.*\\bstatic\\b.*");

  /** A pair of braces: of a type, or of anything else. */
  private static final class Scope {
    private final String typeName;
    private final int index;
    private final StringBuilder statement = new StringBuilder();
    private int fields;

    private Scope(String typeName, int index) {
      this.typeName = typeName;
      this.index = index;
    }

    private boolean isType() {
      return !typeName.isEmpty();
    }
  }

  private FieldCount() {}

  static List<Type> of(String code) {
    List<Type> types = new ArrayList<>();
    Deque<Scope> scopes = new ArrayDeque<>();
    scopes.push(new Scope("", 0));
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      Scope scope = scopes.element();
      if (c == '{') {
        scopes.push(opened(scope.statement.toString(), i));
      } else if (c == '}' && scopes.size() > 1) {
        scopes.pop();
        if (scope.isType()) {
          types.add(new Type(scope.typeName, scope.fields, scope.index));
        }
        Scope outer = scopes.element();
        // Braces in an initializer do not end the field.
        if (outer.statement.indexOf("=") < 0) {
          outer.statement.setLength(0);
        }
      } else if (c == ';') {
        if (scope.isType() && isField(scope.statement.toString())) {
          scope.fields++;
        }
        scope.statement.setLength(0);
      } else {
        scope.statement.append(c);
      }
    }
    return types;
  }

  private static Scope opened(String statement, int index) {
    Matcher matcher = TYPE.matcher(statement);
    if (!matcher.find() || statement.contains("=")) {
      return new Scope("", index);
    }
    Scope scope = new Scope(matcher.group(2), index);
    int components = statement.indexOf('(', matcher.end());
    if (matcher.group(1).equals("record") && components >= 0) {
      String withoutTypes = statement.substring(components + 1).replaceAll("<[^()]*?>+", "");
      scope.fields = Arguments.count(withoutTypes, 0);
    }
    return scope;
  }

  private static boolean isField(String statement) {
    int initializer = statement.indexOf('=');
    String declared = initializer < 0 ? statement : statement.substring(0, initializer);
    return !NOT_A_FIELD.matcher(declared).matches() && FIELD.matcher(declared).matches();
  }
}
