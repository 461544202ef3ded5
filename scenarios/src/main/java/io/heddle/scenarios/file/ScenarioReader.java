package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads scenarios from YAML, strictly: what is not known, not complete or not clear is refused,
 * with the place in the file. Only the first problem is reported.
 */
public final class ScenarioReader {
  /** The size of the largest file that is read, in bytes. */
  public static final int LARGEST_FILE = 1 << 20;

  private ScenarioReader() {}

  /**
   * Reads a file.
   *
   * @throws ScenarioException if there is no scenario in it
   */
  public static Scenario read(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw ScenarioException.in(name, "is a directory, not a file");
    }
    if (!Files.exists(file)) {
      throw ScenarioException.in(name, "there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw ScenarioException.in(name, "is not a regular file");
    }
    if (!Files.isReadable(file)) {
      throw ScenarioException.in(name, "may not be read by this user");
    }
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > LARGEST_FILE) {
        throw tooLarge(name, size);
      }
      return read(name, in.readNBytes(LARGEST_FILE + 1));
    } catch (IOException failure) {
      throw ScenarioException.in(name, "cannot be read");
    }
  }

  /**
   * Reads a scenario from memory.
   *
   * @param displayName what messages call the file
   * @param content UTF-8
   * @throws ScenarioException if there is no scenario in it
   */
  public static Scenario read(String displayName, byte[] content) {
    if (content.length > LARGEST_FILE) {
      throw tooLarge(displayName, content.length);
    }
    String text = decode(displayName, content);
    checkCharacters(displayName, text);
    return ScenarioSection.read(NodeParser.parse(displayName, text));
  }

  private static ScenarioException tooLarge(String name, long size) {
    return ScenarioException.in(
        name, "the file has " + size + " bytes, and the limit is " + LARGEST_FILE);
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
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
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
