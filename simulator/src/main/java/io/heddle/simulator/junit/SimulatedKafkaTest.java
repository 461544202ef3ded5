package io.heddle.simulator.junit;

import io.heddle.simulator.check.Invariant;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that runs on a Kafka of its own in virtual time, once for each seed.
 *
 * <p>On a method it takes the place of {@code @Test}; on a class the whole class is run once for
 * each seed, each of its tests on a cluster of its own. A test and its {@code @BeforeEach} and
 * {@code @AfterEach} methods run in the same simulation. They can have parameters of these types:
 * {@code SimulatedKafka}, {@code FaultPlan}, {@code SimulatedProcess}, {@code Consumer}, {@code
 * Producer}, {@code Admin}, {@code Clock}, {@code Executor}, {@code ExecutorService}, {@code
 * ScheduledExecutorService} and {@code Observer}; all but the first two belong to the process
 * {@code app} unless {@link InProcess} says otherwise, and {@link ClientProperties} configures
 * clients.
 *
 * <p>A test fails if its body does, if a thread of it lets an exception escape, if the brokers are
 * inconsistent at its end, if a planned fault never fired, or if an observer told of work that
 * broke an invariant. The message names the seed, and {@link Seed} or {@code -Dheddle.seed} replay
 * it.
 *
 * <p>Constructors, {@code @BeforeAll} and {@code @AfterAll} are outside of the simulation;
 * {@code @TestFactory} is refused. When a simulation cannot go on, {@code @AfterEach} methods are
 * skipped.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@TestTemplate
@ClassTemplate
@ExtendWith(SimulatedKafkaExtension.class)
public @interface SimulatedKafkaTest {
  /** How many seeds: from 1 to this one. */
  int seeds() default 1;

  /** How many brokers the cluster has. */
  int brokers() default 1;

  /**
   * In which order happens what is due at the same time: {@code uniform}, {@code pct} or {@code
   * pct:DEPTH}, as {@code heddle run --schedule} has it and {@link
   * io.heddle.simulator.core.Schedule} explains. The same seed is another history by another one.
   */
  String schedule() default "uniform";

  /** What must hold of the work that an observer was told of. */
  Invariant[] invariants() default {
    Invariant.KEY_ORDER,
    Invariant.KEY_EXCLUSIVE,
    Invariant.COMMIT_PREFIX,
    Invariant.OWNER_COMMIT,
    Invariant.COMMITTED_ONCE,
    Invariant.AT_LEAST_ONCE,
    Invariant.PROGRESS
  };
}
