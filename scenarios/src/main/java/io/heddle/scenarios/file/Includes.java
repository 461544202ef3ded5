package io.heddle.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a scenario together out of its file and those that it includes. Every piece keeps the place
 * it has in its own file. Not thread-safe.
 */
final class Includes {
  private static final int DEEPEST = 5;
  private static final int MOST_FILES = 32;
  private static final Pattern NAME = Pattern.compile("[^/\\\\]+\\.ya?ml");

  private final Folder folder;
  private int files;
  private int bytesLeft = ScenarioReader.LARGEST_FILE;

  private Includes(Folder folder) {
    this.folder = folder;
  }

  /** The file as it is with what it includes. */
  static Node whole(String shown, byte[] content, Folder folder) {
    Node root =
        NodeParser.parse(
            shown,
            FileText.of(shown, content),
            "a scenario needs at least scenario, topics and produce");
    return root instanceof Node.Mapping file
        ? new Includes(folder).whole(file, List.of(baseName(shown)))
        : root;
  }

  private static String baseName(String shown) {
    return shown.substring(Math.max(shown.lastIndexOf('/'), shown.lastIndexOf('\\')) + 1);
  }

  /**
   * A file with what it includes.
   *
   * @param chain the names of the files on the way to it, its own last
   */
  private Node.Mapping whole(Node.Mapping file, List<String> chain) {
    FormatVersion.check(file);
    Node.Mapping own = file.without("include");
    Node.@Nullable Mapping below = null;
    for (Node name : names(file)) {
      Node.Mapping included = included(name, chain);
      below = below == null ? included : Overriding.merge(below, included);
    }
    return below == null ? own : Overriding.merge(below, own);
  }

  private static List<Node> names(Node.Mapping file) {
    return file.entry("include")
        .map(Node.Entry::value)
        .map(node -> node instanceof Node.Sequence list ? list.items() : List.of(node))
        .orElse(List.of());
  }

  /** Another file's fields. The name of a scenario is its own alone. */
  private Node.Mapping included(Node node, List<String> chain) {
    String name = Values.scalar(node);
    if (!NAME.matcher(name).matches()) {
      throw node.fail(
          "must be the name of a file beside this one that ends in .yaml or .yml, was "
              + ScenarioException.quoted(name));
    }
    List<String> longer = new ArrayList<>(chain);
    longer.add(name);
    if (chain.contains(name)) {
      throw node.fail("must not go in a circle: " + String.join(" -> ", longer));
    }
    if (longer.size() > DEEPEST) {
      throw node.fail(
          "must not be more than " + (DEEPEST - 1) + " files deep: " + String.join(" -> ", longer));
    }
    files++;
    if (files > MOST_FILES) {
      throw node.fail("is one file more than the " + MOST_FILES + " allowed");
    }
    return whole(parsed(node, name), longer).without("scenario");
  }

  private Node.Mapping parsed(Node node, String name) {
    byte[] content = folder.read(node, name, bytesLeft);
    bytesLeft -= content.length;
    String shown = folder.shown(name);
    Node root =
        NodeParser.parse(
            shown, FileText.of(shown, content), "an included file needs at least one field");
    return Values.mapping(root);
  }
}
