package io.heddle.engine.codec;

import org.jspecify.annotations.Nullable;

/** Says that bytes are those of no value, or that a value has no bytes. */
public final class CodecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong: the rule and what was found, never the bytes themselves. */
  public CodecException(String message) {
    this(message, null);
  }

  /** Says what is wrong, and what noticed it. */
  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
