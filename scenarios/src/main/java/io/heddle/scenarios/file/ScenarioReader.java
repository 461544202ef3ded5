package io.heddle.scenarios.file;

import io.heddle.scenarios.model.Scenario;
import java.io.IOException;
import java.io.InputStream;
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
   * Reads a file, and those beside it that it includes or whose traffic it replays.
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
      return read(name, in.readNBytes(LARGEST_FILE + 1), Folder.beside(file));
    } catch (IOException failure) {
      throw ScenarioException.in(name, "cannot be read");
    }
  }

  /**
   * Reads a scenario from memory. It has no directory, so that it cannot name other files.
   *
   * @param displayName what messages call the file
   * @param content UTF-8
   * @throws ScenarioException if there is no scenario in it
   */
  public static Scenario read(String displayName, byte[] content) {
    return read(displayName, content, Folder.NONE);
  }

  static Scenario read(String displayName, byte[] content, Folder folder) {
    if (content.length > LARGEST_FILE) {
      throw tooLarge(displayName, content.length);
    }
    return ScenarioSection.read(Includes.whole(displayName, content, folder), new Replays(folder));
  }

  private static ScenarioException tooLarge(String name, long size) {
    return ScenarioException.in(
        name, "the file has " + size + " bytes, and the limit is " + LARGEST_FILE);
  }
}
