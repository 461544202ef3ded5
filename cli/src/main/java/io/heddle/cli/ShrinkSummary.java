package io.heddle.cli;

import io.heddle.scenarios.shrink.Shrunk;
import java.nio.file.Path;

/**
 * What came out of making a failing scenario small.
 *
 * @param scenario what the original scenario is called
 * @param seed of its run that failed
 * @param file where the small scenario was saved
 */
public record ShrinkSummary(
    String scenario, long seed, Path file, Shrunk shrunk, long wallMillis) {}
