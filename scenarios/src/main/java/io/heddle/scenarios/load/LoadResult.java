package io.heddle.scenarios.load;

import io.heddle.scenarios.result.RunResult;

/**
 * What a run under load brought to light.
 *
 * @param run as of any run; its latencies are what was measured, without ramp and warm-up
 */
public record LoadResult(LoadPlan plan, RunResult run, LoadMeasurements measurements) {}
