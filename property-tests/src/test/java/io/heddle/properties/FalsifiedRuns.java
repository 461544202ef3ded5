package io.heddle.properties;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets system properties say how long a property is tried, and saves what falsifies it as a
 * scenario file.
 *
 * <ul>
 *   <li>{@code heddle.tries}: how often, in the place of what the property says
 *   <li>{@code heddle.seed}: from which seed of jqwik's
 * </ul>
 */
public final class FalsifiedRuns implements AroundPropertyHook {
  private static final Path FOLDER = Path.of("target", "failures");

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) throws IOException {
    Integer tries = Integer.getInteger("heddle.tries");
    if (tries != null) {
      context.attributes().setTries(tries);
    }
    String seed = System.getProperty("heddle.seed");
    if (seed != null) {
      context.attributes().setSeed(seed);
    }
    PropertyExecutionResult result = property.execute();
    for (Object value : result.falsifiedParameters().orElse(List.of())) {
      if (value instanceof Run run) {
        System.out.println(save(context.label(), run));
      }
    }
    return result;
  }

  /** Writes the file, and returns it together with how to run it. */
  private static String save(String property, Run run) throws IOException {
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve(property.replace(' ', '-') + ".yaml");
    Files.writeString(file, run.yaml());
    return "%n%s%n%s falsified: heddle run %s --seed %d%n"
        .formatted(run.yaml(), property, file.toAbsolutePath(), run.seed());
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
