package io.heddle.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How far an exploration goes.
 *
 * @param seeds to run, unless something else ends it earlier
 * @param time after which no run is begun
 * @param stopAtFirst whether to end when a seed has failed
 * @param interrupted whether to end at once
 */
public record ExploreOptions(
    SeedRange seeds, Optional<Duration> time, boolean stopAtFirst, BooleanSupplier interrupted) {}
