package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;

/** Writes files, and says in the user's words why one could not be written. */
final class Output {
  private Output() {}

  /**
   * Writes a text to a file.
   *
   * @param what the text is, for a message
   * @param options such as that the file must be a new one
   */
  static void write(Path file, String text, String what, OpenOption... options) {
    try {
      Files.writeString(file, text, UTF_8, options);
    } catch (IOException failed) {
      throw new UserError("cannot write " + what + " to " + file + ": " + reason(failed), failed);
    }
  }

  /** Why a file could not be written. */
  static String reason(Exception failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such directory";
    }
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    return Optional.ofNullable(cause.getMessage()).orElse("it cannot be written");
  }
}
