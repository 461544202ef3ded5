package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where results are printed, in UTF-8; it can say why it could not be written to. */
final class StandardOutput extends PrintStream {
  private final Watched watched;

  StandardOutput(OutputStream to) {
    this(new Watched(to));
  }

  private StandardOutput(Watched watched) {
    super(watched, false, UTF_8);
    this.watched = watched;
  }

  /** Why the first write that failed did so. */
  Optional<IOException> failure() {
    return Optional.ofNullable(watched.failure);
  }

  /** Whether that is no more than that whoever read has read enough, as {@code head} has. */
  boolean isReadEnough() {
    return failure()
        .map(failed -> String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT))
        .filter(message -> message.contains("broken pipe") || message.contains("epipe"))
        .isPresent();
  }

  private static final class Watched extends FilterOutputStream {
    private @Nullable IOException failure;

    Watched(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException failed) {
        failure = failure == null ? failed : failure;
        throw failed;
      }
    }
  }
}
