package io.heddle.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs a class of tests, and looks at what JUnit tells of them. */
final class JupiterRun {
  private JupiterRun() {}

  static EngineExecutionResults run(Class<?> type, String... parameters) {
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").selectors(selectClass(type));
    for (int i = 0; i < parameters.length; i += 2) {
      kit.configurationParameter(parameters[i], parameters[i + 1]);
    }
    return kit.execute();
  }

  static List<String> names(EngineExecutionResults results) {
    return results.testEvents().started().stream()
        .map(event -> event.getTestDescriptor().getDisplayName())
        .toList();
  }

  static List<Throwable> failures(EngineExecutionResults results) {
    return results.allEvents().failed().stream().map(JupiterRun::failure).toList();
  }

  static Throwable failure(Event event) {
    return event
        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
        .getThrowable()
        .orElseThrow();
  }

  static Throwable onlyFailure(Class<?> type, String... parameters) {
    List<Throwable> failures = failures(run(type, parameters));
    assertThat(failures).hasSize(1);
    return failures.get(0);
  }
}
