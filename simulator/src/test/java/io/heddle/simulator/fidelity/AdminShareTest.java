package io.heddle.simulator.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminShareTest {
  @Test
  void atLeastThreeFifthsOfAdminAreModelledAndNotByAConstant() {
    assertThat(AdminShare.modelled().size() - AdminShare.constant().size())
        .isGreaterThanOrEqualTo((int) Math.ceil(AdminShare.all().size() * 0.6));
  }

  @Test
  void whatIsConstantIsNamed() {
    assertThat(AdminShare.modelled()).containsAll(AdminShare.constant());
    assertThat(AdminShare.constant())
        .containsExactly(
            "createAcls",
            "deleteAcls",
            "describeAcls",
            "listClientMetricsResources",
            "registerMetricForSubscription",
            "unregisterMetricFromSubscription");
  }

  @Test
  void whatRefusesIsNotCounted() {
    assertThat(AdminShare.modelled())
        .contains("createTopics", "abortTransaction", "close")
        .doesNotContain("createDelegationToken", "alterClientQuotas", "describeShareGroups");
  }
}
