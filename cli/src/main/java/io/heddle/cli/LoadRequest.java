package io.heddle.cli;

import io.heddle.scenarios.load.LoadPlan;
import io.heddle.scenarios.model.Threshold;
import io.heddle.scenarios.report.RunHistory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which load is put on what.
 *
 * @param seed the scenario's own if empty
 * @param thresholds in addition to the scenario's, or instead of those of the same name
 * @param history takes the run down for a report, if there is to be one
 */
public record LoadRequest(
    String scenario,
    OptionalLong seed,
    KafkaTarget kafka,
    LoadPlan plan,
    List<Threshold> thresholds,
    Optional<RunHistory> history) {}
