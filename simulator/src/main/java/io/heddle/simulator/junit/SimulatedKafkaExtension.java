package io.heddle.simulator.junit;

import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.core.Schedule;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs what {@link SimulatedKafkaTest} marks once for each seed. Has no state. */
public final class SimulatedKafkaExtension
    implements TestTemplateInvocationContextProvider,
        ClassTemplateInvocationContextProvider,
        BeforeEachCallback {
  /** The configuration parameter, or system property, that replays one seed. */
  static final String SEED = "heddle.seed";

  /** Who is here without its own invocations does not run in the simulation. */
  @Override
  public void beforeEach(ExtensionContext context) {
    refuseOtherAnnotations(context.getRequiredTestMethod());
    List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
    classes.add(context.getRequiredTestClass());
    if (AnnotationSupport.isAnnotated(context.getTestMethod(), Seed.class)
        && !AnnotationSupport.isAnnotated(context.getTestMethod(), SimulatedKafkaTest.class)
        && classes.stream()
            .noneMatch(type -> AnnotationSupport.isAnnotated(type, SimulatedKafkaTest.class))) {
      throw new ExtensionConfigurationException(
          "@Seed does nothing without @SimulatedKafkaTest, which "
              + context.getRequiredTestMethod().getName()
              + " has not");
    }
  }

  /** A method that is a test in two ways is run in both, one of them without the simulation. */
  private static void refuseOtherAnnotations(Method method) {
    if (!AnnotationSupport.isAnnotated(method, SimulatedKafkaTest.class)) {
      return;
    }
    for (Annotation annotation : method.getAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (AnnotationSupport.isAnnotated(type, Testable.class)
          && type != SimulatedKafkaTest.class
          && !AnnotationSupport.isAnnotated(type, SimulatedKafkaTest.class)) {
        throw new ExtensionConfigurationException(
            method.getName()
                + " has @SimulatedKafkaTest and @"
                + type.getSimpleName()
                + ": the former takes the place of the latter, so leave one out");
      }
    }
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), SimulatedKafkaTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    refuseOtherAnnotations(context.getRequiredTestMethod());
    List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
    classes.add(context.getRequiredTestClass());
    for (Class<?> type : classes) {
      if (AnnotationSupport.isAnnotated(type, SimulatedKafkaTest.class)) {
        throw new ExtensionConfigurationException(
            "@SimulatedKafkaTest is both on class "
                + type.getName()
                + " and on its method "
                + context.getRequiredTestMethod().getName()
                + ": put @Test on the method, or take it from the class");
      }
    }
    return invocations(context, context.getRequiredTestMethod(), false)
        .map(
            test ->
                new TestTemplateInvocationContext() {
                  @Override
                  public String getDisplayName(int invocationIndex) {
                    return test.displayName();
                  }

                  @Override
                  public List<Extension> getAdditionalExtensions() {
                    return List.of(test);
                  }
                });
  }

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestClass(), SimulatedKafkaTest.class);
  }

  @Override
  public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    return invocations(context, context.getRequiredTestClass(), true)
        .map(
            test ->
                new ClassTemplateInvocationContext() {
                  @Override
                  public String getDisplayName(int invocationIndex) {
                    return test.displayName();
                  }

                  @Override
                  public List<Extension> getAdditionalExtensions() {
                    return List.of(test);
                  }
                });
  }

  private static Stream<SimulatedInvocation> invocations(
      ExtensionContext context, AnnotatedElement element, boolean wholeClass) {
    SimulatedKafkaTest settings =
        AnnotationSupport.findAnnotation(element, SimulatedKafkaTest.class).orElseThrow();
    List<Invariant> invariants = List.of(settings.invariants());
    Schedule schedule = schedule(settings.schedule());
    return seeds(context, element, settings.seeds())
        .mapToObj(
            seed ->
                new SimulatedInvocation(
                    seed, settings.brokers(), schedule, invariants, wholeClass));
  }

  private static Schedule schedule(String text) {
    try {
      return Schedule.of(text);
    } catch (IllegalArgumentException wrong) {
      throw new ExtensionConfigurationException(
          "@SimulatedKafkaTest(schedule = \"" + text + "\"): " + wrong.getMessage(), wrong);
    }
  }

  private static LongStream seeds(ExtensionContext context, AnnotatedElement element, int count) {
    Optional<String> replayed = context.getConfigurationParameter(SEED);
    if (replayed.isPresent()) {
      try {
        return LongStream.of(Long.parseLong(replayed.get().strip()));
      } catch (NumberFormatException wrong) {
        throw new ExtensionConfigurationException(
            SEED + " must be a whole number, was '" + replayed.get() + "'", wrong);
      }
    }
    Optional<Seed> seed = AnnotationSupport.findAnnotation(element, Seed.class);
    if (seed.isPresent()) {
      return LongStream.of(seed.get().value());
    }
    if (count < 1) {
      throw new ExtensionConfigurationException("seeds must be at least 1, was " + count);
    }
    return LongStream.rangeClosed(1, count);
  }
}
