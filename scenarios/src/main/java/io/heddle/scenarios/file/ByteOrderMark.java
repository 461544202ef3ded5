package io.heddle.scenarios.file;

/** The invisible character with which some editors and tools begin a file of UTF-8. */
public final class ByteOrderMark {
  private static final String MARK = "\uFEFF";

  private ByteOrderMark() {}

  /** What a file begins with, without the mark that may be before it. */
  public static String without(String beginning) {
    return beginning.startsWith(MARK) ? beginning.substring(MARK.length()) : beginning;
  }
}
