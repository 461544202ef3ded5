package io.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings of Kafka clients in a file, as Kafka's own tools read them. */
final class ClientProperties {
  private static final long MOST_BYTES = 1 << 20;

  private ClientProperties() {}

  static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        throw new UserError(file + " is larger than 1 MiB, and so no file of client properties");
      }
      try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
        properties.load(reader);
      }
    } catch (CharacterCodingException | IllegalArgumentException binary) {
      throw new UserError(file + " is not a file of client properties", binary);
    } catch (IOException unreadable) {
      throw new UserError("cannot read " + file + ": " + Input.reason(unreadable), unreadable);
    }
    Map<String, String> settings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    return settings;
  }
}
