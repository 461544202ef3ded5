package io.heddle.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.campaign.Outcome;
import io.heddle.planted.ShrinkingCampaign.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkingCampaignTest {
  private static final Plant PLANT = plant("commits-one-too-far");

  private static Plant plant(String name) {
    return Plants.all().stream()
        .filter(plant -> plant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPlantedFailureIsMadeSmallAndItsFileFailsAlike() throws Exception {
    Workbench engine = PlantedEngine.with(PLANT);
    Detection detection = Detection.of(PLANT, engine, PLANT.seeds());

    Small small = engine.shrink(PLANT.trial(), detection.seed(), Duration.ofSeconds(25));

    assertThat(small.faults()).isLessThanOrEqualTo(10);
    assertThat(small.records()).isBetween(1L, 20L);
    assertThat(engine.replay(small.file()).orElseThrow().invariant()).isEqualTo(small.broken());
    assertThat(PlantedEngine.sound().replay(small.file())).isEmpty();
  }

  @Test
  void whatIsLargeOrSlowOrNotAlikeIsNotShrunk() {
    Outcome outcome =
        ShrinkingCampaign.outcome(
            List.of(
                new Row(PLANT, 10, 20, true, 30, ""),
                new Row(PLANT, 11, 20, true, 1, ""),
                new Row(PLANT, 10, 21, true, 1, ""),
                new Row(PLANT, 0, 1, false, 1, ""),
                new Row(PLANT, 0, 1, true, 31, ""),
                new Row(PLANT, 0, 0, false, 1, "it is gone")));

    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.figures()).containsEntry("failures", 6).containsEntry("shrunk", 1);
  }
}
