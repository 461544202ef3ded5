package io.heddle.campaign;

import java.util.List;
import java.util.Map;

/**
 * What a campaign found.
 *
 * @param passed whether it found nothing that it should not have
 * @param figures what {@code --format json} prints, in this order: numbers, words, lists and maps
 *     of such
 * @param text what is printed for people otherwise, line by line
 * @param failure what went wrong, line by line; goes to standard error in either format
 */
public record Outcome(
    boolean passed, Map<String, Object> figures, List<String> text, List<String> failure) {}
