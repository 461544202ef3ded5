package io.heddle.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of comparing the simulator with Kafka.
 *
 * @param campaign the campaign's name
 * @param seed what the same cases follow from again
 * @param unit what was counted, for people
 * @param count how many of them were run on both sides
 * @param explained how many differences a listed explanation covers
 * @param unexplained how many none does
 * @param seconds how long it took
 * @param notes more for people to read
 * @param failure the first unexplained difference and how to have it again, line by line
 */
public record Differential(
    String campaign,
    long seed,
    String unit,
    long count,
    long explained,
    long unexplained,
    double seconds,
    List<String> notes,
    List<String> failure) {
  /** It passes if every difference is explained. */
  public Outcome outcome() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("campaign", campaign);
    figures.put("seed", seed);
    figures.put("count", count);
    figures.put("differences", explained + unexplained);
    figures.put("explained", explained);
    figures.put("unexplained", unexplained);
    figures.put("seconds", seconds);
    List<String> text = new ArrayList<>();
    text.add(
        String.format(
            Locale.ROOT,
            "%s: %,d %s in %.1f s, seed %d: %d differences, %d explained, %d unexplained",
            campaign,
            count,
            unit,
            seconds,
            seed,
            explained + unexplained,
            explained,
            unexplained));
    text.addAll(notes);
    return new Outcome(unexplained == 0, figures, text, failure);
  }
}
