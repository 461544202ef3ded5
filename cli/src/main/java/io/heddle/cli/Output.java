package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
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
      if (options.length > 0 || !isReplaceable(file)) {
        Files.writeString(file, text, UTF_8, options);
      } else {
        replace(file, text);
      }
    } catch (IOException failed) {
      throw new UserError("cannot write " + what + " to " + file + ": " + reason(failed), failed);
    }
  }

  /** What writes a text piece by piece. */
  interface Writing<T> {
    T to(BufferedWriter writer) throws Exception;
  }

  /**
   * Writes a text that comes piece by piece; an old file stays whole until the new one is.
   *
   * @param what the text is, for a message
   */
  static <T> T writing(Path file, String what, Writing<T> writing) throws Exception {
    try {
      if (!isReplaceable(file)) {
        return fill(file, writing);
      }
      Path fresh = beside(file);
      try {
        T made = fill(fresh, writing);
        readableAsUsual(fresh);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return made;
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException | UncheckedIOException failed) {
      throw new UserError("cannot write " + what + " to " + file + ": " + reason(failed), failed);
    }
  }

  private static <T> T fill(Path file, Writing<T> writing) throws Exception {
    try (BufferedWriter writer = Files.newBufferedWriter(file, UTF_8)) {
      return writing.to(writer);
    }
  }

  private static Path beside(Path file) throws IOException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return Files.createTempFile(folder, ".heddle-", ".tmp");
  }

  /** Refuses, before there is anything to write, a file that cannot come to be. */
  static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UserError("cannot write to " + file + ": there is no such directory");
    }
    if (Files.isDirectory(file)) {
      throw new UserError("cannot write to " + file + ": it is a directory");
    }
    if (!Files.isWritable(Files.exists(file) || folder == null ? file : folder)) {
      throw new UserError("cannot write to " + file + ": access denied");
    }
  }

  /** Whether the file is none yet or an ordinary one: no device, no pipe, no link. */
  private static boolean isReplaceable(Path file) {
    return Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Leaves the old file, if there is one, whole until the new one is. */
  private static void replace(Path file, String text) throws IOException {
    Path fresh = beside(file);
    try {
      Files.writeString(fresh, text, UTF_8);
      readableAsUsual(fresh);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A temporary file is its owner's alone; a report is not. */
  private static void readableAsUsual(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
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
