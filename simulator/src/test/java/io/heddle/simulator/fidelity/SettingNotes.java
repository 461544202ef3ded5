package io.heddle.simulator.fidelity;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The settings that clients do not read, each with the reason, as the source has them. */
record SettingNotes(Map<String, String> withoutEffect, Map<String, String> refused) {
  private static final Pattern ENTRY =
      Pattern.compile("new Setting\\(\\s*\"([^\"]+)\",\\s*\"([^\"]+)\"\\)");

  static SettingNotes of(String source) {
    int refused = source.indexOf(" REFUSED =");
    int withoutEffect = source.indexOf(" WITHOUT_EFFECT =");
    if (withoutEffect < 0 || refused < withoutEffect) {
      throw new IllegalArgumentException("the lists are not where they should be");
    }
    return new SettingNotes(
        entries(source.substring(withoutEffect, refused)), entries(source.substring(refused)));
  }

  private static Map<String, String> entries(String source) {
    Map<String, String> entries = new TreeMap<>();
    for (MatchResult entry : ENTRY.matcher(source).results().toList()) {
      entries.put(entry.group(1), entry.group(2));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a list without settings");
    }
    return entries;
  }
}
