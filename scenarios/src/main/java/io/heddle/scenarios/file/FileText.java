package io.heddle.scenarios.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The bytes of a file as text, of which nothing is invisible. */
final class FileText {
  private FileText() {}

  static String of(String name, byte[] content) {
    String text = decode(name, content);
    checkCharacters(name, text);
    return text;
  }

  private static String decode(String name, byte[] content) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(content.length + 1);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CoderResult result = decoder.decode(bytes, text, true);
    String decoded = text.flip().toString();
    if (result.isError()) {
      int wrong = content[bytes.position()] & 0xFF;
      throw at(name, decoded, decoded.length(), String.format("not UTF-8: byte 0x%02x", wrong));
    }
    return ByteOrderMark.without(decoded);
  }

  private static void checkCharacters(String name, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') || c >= 0xFFFE) {
        throw at(
            name, text, i, String.format("the character U+%04X may not be in a file", (int) c));
      }
    }
  }

  private static ScenarioException at(String name, String text, int index, String problem) {
    String before = text.substring(0, index);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.codePointCount(before.lastIndexOf('\n') + 1, index) + 1;
    return ScenarioException.at(name, line, column, problem);
  }
}
