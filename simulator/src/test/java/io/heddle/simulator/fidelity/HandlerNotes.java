package io.heddle.simulator.fidelity;

import java.util.Arrays;
import java.util.List;

/**
 * What the Javadoc of a request handler says.
 *
 * @param summary what the request does
 * @param models what of it is modelled
 * @param lacks what is not
 */
record HandlerNotes(String summary, String models, String lacks) {
  private static final String MODELS = "Models: ";
  private static final String LACKS = "Does not model: ";

  /** Reads them from the source of a handler. */
  static HandlerNotes of(String source) {
    int begin = source.indexOf("/**");
    int end = source.indexOf("*/", begin);
    if (begin < 0 || end < 0) {
      throw new IllegalArgumentException("a handler without Javadoc");
    }
    List<String> paragraphs =
        Arrays.stream(source.substring(begin + 3, end).split("<p>"))
            .map(HandlerNotes::markdown)
            .toList();
    return new HandlerNotes(
        paragraphs.get(0), paragraph(paragraphs, MODELS), paragraph(paragraphs, LACKS));
  }

  private static String paragraph(List<String> paragraphs, String start) {
    return paragraphs.stream()
        .filter(paragraph -> paragraph.startsWith(start))
        .map(paragraph -> paragraph.substring(start.length()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a handler without a paragraph '" + start + "'"));
  }

  private static String markdown(String javadoc) {
    return javadoc
        .replaceAll("(?m)^\\s*\\*", "")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }
}
