package io.heddle.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.scenarios.file.ScenarioLibrary;
import org.junit.jupiter.api.Test;

/** A slice of the campaign over the shipped swarm: no false alarm, and nothing left unreached. */
class SwarmCampaignTest {
  private static final long SEEDS = 300;

  @Test
  void whateverIsDrawnHoldsAndEverythingIsReached() throws Exception {
    Campaign.Outcome outcome = Campaign.run(ScenarioLibrary.load("swarm"), 1, SEEDS, 2, done -> {});

    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.coverage()).isEmpty();
    assertThat(outcome.seeds()).isEqualTo(SEEDS);
  }
}
