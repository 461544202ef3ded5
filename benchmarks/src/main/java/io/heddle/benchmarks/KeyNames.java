package io.heddle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The keys of a load, as text and as bytes. */
final class KeyNames {
  private final String[] names;
  private final byte[][] bytes;

  KeyNames(int keys) {
    names = new String[keys];
    bytes = new byte[keys][];
    for (int key = 0; key < keys; key++) {
      names[key] = "key-" + key;
      bytes[key] = names[key].getBytes(UTF_8);
    }
  }

  String name(int key) {
    return names[key];
  }

  byte[] bytes(int key) {
    return bytes[key];
  }
}
