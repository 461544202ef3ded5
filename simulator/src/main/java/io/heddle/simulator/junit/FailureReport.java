package io.heddle.simulator.junit;

import io.heddle.simulator.core.Schedule;
import io.heddle.simulator.core.SimulationFailure;
import io.heddle.simulator.core.Stacks;
import io.heddle.simulator.core.UncaughtException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What a person reads of a test that failed: what was wrong, in this order the failure, the
 * invariant with its timeline, and how to replay it; with the stack down to the test's own code.
 *
 * @param seed of the run
 * @param schedule of the run; it is not told of where it is the usual one
 * @param test the test
 */
record FailureReport(long seed, Schedule schedule, Method test) {
  private static final int DEPTH = 20;

  /**
   * The failure as it is told, with what else there is to say: what the invariants found, and who
   * waited outside the simulation.
   */
  Throwable of(Throwable failure, Optional<String> verdict, Optional<String> remark) {
    if (failure instanceof TestAbortedException
        || failure instanceof InterruptedException
        || failure instanceof VirtualMachineError) {
      return failure;
    }
    Throwable origin = origin(failure);
    trim(origin);
    boolean toldAlready = failure instanceof SimulationFailure;
    String text =
        what(failure)
            + verdict.map(it -> "\n" + it).orElse("")
            + remark.filter(it -> !toldAlready).map(it -> "\n" + it.stripTrailing()).orElse("")
            + replay();
    Throwable told;
    if (failure instanceof AssertionFailedError compared
        && compared.isExpectedDefined()
        && compared.isActualDefined()) {
      told = new AssertionFailedError(text, compared.getExpected(), compared.getActual(), compared);
    } else {
      told = new AssertionError(text, toldAlready ? null : origin);
    }
    told.setStackTrace(origin.getStackTrace());
    return told;
  }

  /** What was found when the test was over; no code of anybody's stands for it but the test. */
  AssertionError of(String findings) {
    AssertionError told = new AssertionError(findings + replay());
    told.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(test.getDeclaringClass().getName(), test.getName(), file(), -1)
        });
    return told;
  }

  private static Throwable origin(Throwable failure) {
    return failure instanceof UncaughtException uncaught && uncaught.getCause() != null
        ? uncaught.getCause()
        : failure;
  }

  private static String what(Throwable failure) {
    boolean saysAll =
        failure instanceof AssertionError
            || failure instanceof SimulationFailure
            || failure instanceof UncaughtException;
    return saysAll ? String.valueOf(failure.getMessage()).stripTrailing() : failure.toString();
  }

  private static void trim(Throwable failure) {
    Throwable each = failure;
    // Causes can go round in a circle.
    for (int depth = 0; each != null && depth < DEPTH; depth++) {
      each.setStackTrace(Stacks.ofApplication(each.getStackTrace()));
      each = each.getCause();
    }
  }

  private String file() {
    Class<?> type = test.getDeclaringClass();
    while (type.getEnclosingClass() != null) {
      type = type.getEnclosingClass();
    }
    return type.getSimpleName() + ".java";
  }

  private String replay() {
    String by = schedule.equals(Schedule.UNIFORM) ? "" : " by schedule " + schedule.label();
    return "\nseed " + seed + by + ", to replay: @Seed(" + seed + ") or -Dheddle.seed=" + seed;
  }
}
