package io.heddle.examples;

/** A database that is to be left behind, whose calls may block. */
public interface Database {
  /** What it knows of a key. */
  String read(String key) throws InterruptedException;

  /** Stores the latest text of a key. */
  void write(String key, String text) throws InterruptedException;
}
