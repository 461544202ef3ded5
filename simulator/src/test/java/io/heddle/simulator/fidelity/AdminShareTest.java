package io.heddle.simulator.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminShareTest {
  @Test
  void atLeastThreeFifthsOfAdminAreModelled() {
    assertThat(AdminShare.modelled())
        .hasSizeGreaterThanOrEqualTo((int) Math.ceil(AdminShare.all().size() * 0.6));
  }

  @Test
  void whatRefusesIsNotCounted() {
    assertThat(AdminShare.modelled())
        .contains("createTopics", "abortTransaction", "close")
        .doesNotContain("createDelegationToken", "alterClientQuotas", "describeShareGroups");
  }
}
