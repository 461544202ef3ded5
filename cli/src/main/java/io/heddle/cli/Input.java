package io.heddle.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Says in the user's words why a file could not be read. */
final class Input {
  private Input() {}

  /**
   * All of a file.
   *
   * @throws UserError if it cannot be read or has more bytes than that
   */
  static byte[] bytes(Path file, long most) {
    try (InputStream in = Files.newInputStream(file)) {
      // A pipe has no size: it is found out below, with as much of it in memory.
      if (Files.isRegularFile(file) && Files.size(file) > most) {
        throw tooLarge(file, most);
      }
      byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
      if (bytes.length > most) {
        throw tooLarge(file, most);
      }
      return bytes;
    } catch (IOException unreadable) {
      throw new UserError("cannot read " + file + ": " + reason(unreadable), unreadable);
    }
  }

  private static UserError tooLarge(Path file, long most) {
    return new UserError("%s is larger than %d MiB".formatted(file, most >> 20));
  }

  static String reason(IOException failed) {
    if (failed instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failed instanceof AccessDeniedException) {
      return "access denied";
    }
    return Optional.ofNullable(failed.getMessage()).orElse("it cannot be read");
  }
}
