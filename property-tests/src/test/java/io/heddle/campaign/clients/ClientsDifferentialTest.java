package io.heddle.campaign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slice of the campaign. */
class ClientsDifferentialTest {
  private static final int SLICE = 16;
  private static final Generator MANUAL = new Generator(List.of(Generator.Theme.MANUAL));

  /** Plays truly, but says something else of the first step whose text contains the word. */
  private static Contest.Simulated mistaking(String word) {
    return (trace, prefix, seed) -> {
      List<String> outcomes = new ArrayList<>(SimulatorSide.play(trace, prefix, seed));
      for (int i = 0; i < trace.steps().size(); i++) {
        if (trace.steps().get(i).text().contains(word)) {
          outcomes.set(i, "mistaken");
          break;
        }
      }
      return outcomes;
    };
  }

  @Test
  void theSimulatorsClientsDoAsKafkasDo() {
    ClientsCampaign.Report report = ClientsCampaign.run(MANUAL, 1, 0, SLICE, SimulatorSide::play);

    assertThat(report.failure()).isEmpty();
    assertThat(report.traces()).isEqualTo(SLICE);
    assertThat(report.unexplained()).isZero();
  }

  @Test
  void theSimulatorsClientsDoAsKafkasDoInGroups() {
    Generator groups = new Generator(List.of(Generator.Theme.GROUPS));

    ClientsCampaign.Report report = ClientsCampaign.run(groups, 1, 0, SLICE, SimulatorSide::play);

    assertThat(report.failure()).isEmpty();
    assertThat(report.unexplained()).isZero();
  }

  @Test
  void theSimulatorsClientsDoAsKafkasDoInTransactions() {
    Generator transactions = new Generator(List.of(Generator.Theme.TRANSACTIONS));

    ClientsCampaign.Report report =
        ClientsCampaign.run(transactions, 1, 0, SLICE, SimulatorSide::play);

    assertThat(report.failure()).isEmpty();
    assertThat(report.unexplained()).isZero();
  }

  @Test
  void theSimulatorsAdministratorDoesAsKafkasDoes() {
    Generator admin = new Generator(List.of(Generator.Theme.ADMIN));

    ClientsCampaign.Report report = ClientsCampaign.run(admin, 1, 0, SLICE, SimulatorSide::play);

    assertThat(report.failure()).isEmpty();
    assertThat(report.unexplained()).isZero();
  }

  @Test
  void theSimulatorsClientsDoAsKafkasDoWithAFreshSeed() {
    long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
    System.out.println("property-tests/campaign clients --traces " + SLICE + " --seed " + seed);

    ClientsCampaign.Report report =
        ClientsCampaign.run(MANUAL, seed, 0, SLICE, SimulatorSide::play);

    assertThat(report.failure()).isEmpty();
    assertThat(report.unexplained()).isZero();
  }

  @Test
  void aMistakeIsFoundAndMinimised() {
    ClientsCampaign.Report report = ClientsCampaign.run(MANUAL, 1, 0, 2, mistaking(".commitSync("));

    assertThat(report.unexplained()).isPositive();
    assertThat(report.failure())
        .anyMatch(line -> line.contains("simulator: mistaken"))
        .anyMatch(line -> line.startsWith("minimised to "))
        .filteredOn(line -> line.contains(".commitSync("))
        .isNotEmpty();
  }
}
