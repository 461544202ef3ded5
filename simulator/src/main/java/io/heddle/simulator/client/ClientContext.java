package io.heddle.simulator.client;

import io.heddle.simulator.choice.Choices;
import io.heddle.simulator.core.SimProcess;
import io.heddle.simulator.core.Simulation;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.network.SimNetwork;
import java.util.function.Consumer;

/**
 * What a client needs of its surroundings.
 *
 * @param facts told what happens
 */
public record ClientContext(
    Simulation simulation,
    SimProcess process,
    SimNetwork network,
    Choices choices,
    Consumer<Fact> facts,
    int brokers) {}
