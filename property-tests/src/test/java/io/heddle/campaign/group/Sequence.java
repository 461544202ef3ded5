package io.heddle.campaign.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.kafka.coordinator.group.metrics.GroupCoordinatorMetrics;

/** Some hundred operations on a fresh pair of coordinators. */
final class Sequence {
  /**
   * What came of one.
   *
   * @param operations what was done, up to the difference if there is one
   */
  record Result(
      Settings settings,
      List<Operation> operations,
      int explained,
      Optional<Difference> difference) {}

  private Sequence() {}

  /** Runs the sequence of that index among those of the seed. */
  static Result run(
      long seed,
      long index,
      int length,
      GroupCoordinatorMetrics metrics,
      Duel.Answers answers,
      Coverage coverage) {
    coverage.startSequence();
    Random random = new Random(new SplittableRandom(seed * 0x9e3779b97f4a7c15L + index).nextLong());
    Settings settings = Generator.settings(random);
    Generator generator = new Generator(random);
    List<Operation> operations = new ArrayList<>(length);
    Duel[] duel = new Duel[1];
    duel[0] =
        new Duel(
            settings,
            metrics,
            answers,
            (number, operation, response) -> {
              generator.answered(number, operation, response);
              coverage.answered(number, response);
            });
    for (int i = 0; i < length; i++) {
      Operation operation = generator.next(duel[0]);
      operations.add(operation);
      coverage.asked(i, operation, duel[0].simulator());
      Optional<Difference> difference = duel[0].step(operation);
      if (difference.isPresent()) {
        return new Result(settings, operations, duel[0].explained(), difference);
      }
    }
    return new Result(settings, operations, duel[0].explained(), Optional.empty());
  }

  /** Runs these operations; tells where the sides part, if they do. */
  static Optional<Difference> replay(
      Settings settings,
      List<Operation> operations,
      GroupCoordinatorMetrics metrics,
      Duel.Answers answers) {
    Duel duel = new Duel(settings, metrics, answers, (number, operation, response) -> {});
    for (Operation operation : operations) {
      Optional<Difference> difference = duel.step(operation);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** Leaves out what the difference does not need. */
  static List<Operation> minimise(
      Settings settings,
      List<Operation> operations,
      GroupCoordinatorMetrics metrics,
      Duel.Answers answers) {
    List<Operation> least = operations;
    for (int chunk = Math.max(1, least.size() / 2); chunk >= 1; chunk /= 2) {
      boolean smaller = true;
      while (smaller) {
        smaller = false;
        for (int from = 0; from < least.size(); ) {
          List<Operation> fewer = new ArrayList<>(least.subList(0, from));
          fewer.addAll(least.subList(Math.min(from + chunk, least.size()), least.size()));
          if (replay(settings, fewer, metrics, answers).isPresent()) {
            least = fewer;
            smaller = chunk == 1;
          } else {
            from += chunk;
          }
        }
      }
    }
    return least;
  }
}
