package io.heddle.campaign;

import io.heddle.campaign.group.GroupExplanation;
import java.util.List;

/** All explanations of both differentials. */
final class Explanations {
  /** With more of them, the simulator would not be Kafka. */
  static final int MOST = 15;

  private Explanations() {}

  static List<Explanation> all() {
    return List.of(GroupExplanation.values());
  }
}
