package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;

/** Writes files, and says in the user's words why one could not be written. */
final class Output {
  private Output() {}

  /** What writes a file. */
  interface Writing<T> {
    T to(OutputStream out) throws Exception;
  }

  /**
   * Writes a text to a file; an old one stays whole until the new one is.
   *
   * @param what the text is, for a message
   * @throws UserError if it cannot be written
   */
  static void write(Path file, String text, String what) {
    try {
      replace(file, out -> whole(out, text));
    } catch (Exception failed) {
      throw failure(file, what, failed);
    }
  }

  /** Writes a text to a file that must be a new one, and that is gone again if this fails. */
  static void writeNew(Path file, String text, String what) {
    try {
      make(file, out -> whole(out, text));
    } catch (Exception failed) {
      throw failure(file, what, failed);
    }
  }

  private static int whole(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.write(bytes);
    return bytes.length;
  }

  private static RuntimeException failure(Path file, String what, Exception failed) {
    if (failed instanceof IOException || failed instanceof UncheckedIOException) {
      return new UserError("cannot write " + what + " to " + file + ": " + reason(failed), failed);
    }
    return failed instanceof RuntimeException known ? known : new IllegalStateException(failed);
  }

  /**
   * Writes a file piece by piece; an old one stays whole until the new one is.
   *
   * @param what is written, for a message
   * @throws UserError if it cannot be written
   */
  static <T> T writing(Path file, String what, Writing<T> writing) throws Exception {
    try {
      return replace(file, writing);
    } catch (IOException | UncheckedIOException failed) {
      throw failure(file, what, failed);
    }
  }

  private static <T> T replace(Path file, Writing<T> writing) throws Exception {
    Path target = target(file);
    if (!isReplaceable(target)) {
      try (OutputStream out = Files.newOutputStream(target)) {
        return writing.to(out);
      }
    }
    Path fresh = beside(target);
    // Where the program is ended in the midst of it, nobody else would.
    fresh.toFile().deleteOnExit();
    T made = make(fresh, writing);
    try {
      likeThe(target, fresh);
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      return made;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Writes a file that must be a new one; there is none if that fails. */
  private static <T> T make(Path file, Writing<T> writing) throws Exception {
    boolean whole = false;
    OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    try {
      T made;
      try (out) {
        made = writing.to(out);
      }
      whole = true;
      return made;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The file that a link leads to; the file itself where it is none, or leads nowhere. */
  private static Path target(Path file) {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file;
    } catch (IOException nowhere) {
      return file;
    }
  }

  /** A name that no file has, in the same folder. */
  private static Path beside(Path file) {
    String name = ".heddle-" + ProcessHandle.current().pid() + "-";
    Path free = file.resolveSibling(name + "0.tmp");
    for (int i = 1; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      free = file.resolveSibling(name + i + ".tmp");
    }
    return free;
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

  /** Whether the file is none yet or an ordinary one: no device, no pipe, no link to nowhere. */
  private static boolean isReplaceable(Path file) {
    return Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Lets those read the new file who may read the old one, if there is one. */
  private static void likeThe(Path old, Path fresh) throws IOException {
    if (Files.exists(old)
        && Files.getFileStore(fresh).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(old));
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
