package io.heddle.properties;

import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Turns a property around: it is wrong, and that has to be found soon and told in few records. */
public final class MustBeFalsified implements AroundPropertyHook {
  private static final int MOST_TRIES = 10;
  private static final long MOST_RECORDS = 10;

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    if (result.status() != PropertyExecutionResult.Status.FAILED) {
      return result.mapToFailed("no run out of " + result.countTries() + " was falsified");
    }
    if (result.countTries() > MOST_TRIES) {
      return result.mapToFailed("it took " + result.countTries() + " tries");
    }
    List<Object> parameters = result.falsifiedParameters().orElse(List.of());
    if (!(parameters.size() == 1 && parameters.get(0) instanceof Run shrunk)) {
      return result.mapToFailed("no run was left by shrinking but " + parameters);
    }
    Long records = shrunk.scenario().produce().get(0).count();
    return records == null || records > MOST_RECORDS
        ? result.mapToFailed("shrinking left " + records + " records")
        : result.mapToSuccessful();
  }
}
