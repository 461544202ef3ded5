package io.heddle.engine;

import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** What random histories of a structure and its model are made of. */
final class Steps {
  private Steps() {}

  /** Something that is done to both of them. */
  static <S, A> Action.Independent<S> step(
      String what, Arbitrary<A> arguments, BiConsumer<S, A> done) {
    return () ->
        arguments.map(
            argument ->
                Transformer.mutate(what + " " + argument, state -> done.accept(state, argument)));
  }

  /** Turns a property around: its model is wrong, which has to be found, and told in few steps. */
  static final class MustBeFalsified implements AroundPropertyHook {
    private static final int MOST_STEPS = 6;

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      PropertyExecutionResult result = property.execute();
      if (result.status() != PropertyExecutionResult.Status.FAILED) {
        return result.mapToFailed("nothing was found in " + result.countTries() + " histories");
      }
      Throwable cause = result.throwable().map(Throwable::getCause).orElse(null);
      if (!(cause instanceof AssertionError)) {
        return result.mapToFailed("it is not the comparison that failed but " + cause);
      }
      List<Object> parameters = result.falsifiedParameters().orElse(List.of());
      if (!(parameters.size() == 1 && parameters.get(0) instanceof ActionChain<?> shrunk)) {
        return result.mapToFailed("no history was left by shrinking but " + parameters);
      }
      return shrunk.transformations().size() > MOST_STEPS
          ? result.mapToFailed("shrinking left " + shrunk.transformations())
          : result.mapToSuccessful();
    }
  }
}
