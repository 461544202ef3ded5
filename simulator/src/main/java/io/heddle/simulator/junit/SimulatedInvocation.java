package io.heddle.simulator.junit;

import io.heddle.simulator.check.Invariant;
import io.heddle.simulator.core.Schedule;
import io.heddle.simulator.fault.Fault;
import io.heddle.simulator.history.Fact;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What is run with one seed: a test, or all tests of a class, each in a session of its own that is
 * kept with the test, so that tests may run at the same time.
 */
final class SimulatedInvocation
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver, InvocationInterceptor {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SimulatedInvocation.class);

  private final long seed;
  private final int brokers;
  private final Schedule schedule;
  private final List<Invariant> invariants;
  private final boolean wholeClass;

  SimulatedInvocation(
      long seed, int brokers, Schedule schedule, List<Invariant> invariants, boolean wholeClass) {
    this.seed = seed;
    this.brokers = brokers;
    this.schedule = schedule;
    this.invariants = invariants;
    this.wholeClass = wholeClass;
  }

  String displayName() {
    return "seed " + seed;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (wholeClass && AnnotationSupport.isAnnotated(context.getTestMethod(), Seed.class)) {
      throw new ExtensionConfigurationException(
          "@Seed belongs on the class, beside @SimulatedKafkaTest, not on its method "
              + context.getRequiredTestMethod().getName());
    }
    Session session = new Session(seed, brokers, schedule);
    context.getStore(NAMESPACE).put(Session.class, session);
    session.begin("simulation of " + context.getDisplayName());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Session session = session(context);
    if (session == null) {
      return;
    }
    boolean passed = context.getExecutionException().isEmpty();
    if (passed || !session.over()) {
      try {
        end(session, passed);
      } catch (Throwable failure) {
        Throwable told = report(context).of(failure, Optional.empty(), remark(session));
        if (told instanceof Error error) {
          throw error;
        }
        throw (Exception) told;
      }
    }
    if (passed) {
      judge(session, context);
    }
  }

  private static void end(Session session, boolean passed) throws Throwable {
    if (passed) {
      session.call(
          () -> {
            long now = session.kafka().simulation().nanoTime();
            session.kafka().record(new Fact.RunEnded(now, true, ""));
            return true;
          });
    }
    session.end();
  }

  private static Optional<String> remark(Session session) {
    return session.kafka().simulation().remark();
  }

  private void judge(Session session, ExtensionContext context) {
    Judgement judgement = Judgement.of(session.facts(), invariants);
    List<String> findings = new ArrayList<>();
    judgement.verdict().ifPresent(findings::add);
    for (Fault fault : session.faults().unfired()) {
      findings.add("a fault never fired: " + fault);
    }
    if (!findings.isEmpty()) {
      throw report(context).of(String.join("\n", findings));
    }
    if (!judgement.vacuous().isEmpty()) {
      context.publishReportEntry("heddle.vacuous", String.join(", ", judgement.vacuous()));
    }
  }

  /** What the invariants say of a test that has failed: often it is why. */
  private Optional<String> verdict(Session session) {
    try {
      return Judgement.of(List.copyOf(session.facts()), invariants).verdict();
    } catch (UnsupportedOperationException notJudged) {
      return Optional.empty();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Injected.supports(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Session session = session(context);
    if (session == null) {
      throw new ParameterResolutionException(
          parameter.getParameter().getType().getSimpleName()
              + " of "
              + parameter.getDeclaringExecutable()
              + ": constructors, @BeforeAll and @AfterAll are outside of the simulation");
    }
    Injected injected = Injected.of(parameter);
    try {
      return session.call(() -> injected.create(session));
    } catch (Throwable failure) {
      throw new ParameterResolutionException(
          "cannot inject " + parameter.getParameter() + ": " + failure, failure);
    }
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    inside(invocation, context);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    inside(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    inside(invocation, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    inside(invocation, context);
  }

  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    throw new UnsupportedOperationException(
        "@TestFactory is not modelled by @SimulatedKafkaTest: its tests run when it is over");
  }

  private void inside(Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Throwable {
    Session session = session(context);
    if (session == null || session.over()) {
      invocation.skip();
      return;
    }
    try {
      session.call(
          () -> {
            invocation.proceed();
            return true;
          });
    } catch (Throwable failure) {
      throw report(context).of(failure, verdict(session), remark(session));
    }
  }

  private static @Nullable Session session(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Session.class, Session.class);
  }

  private FailureReport report(ExtensionContext context) {
    return new FailureReport(seed, schedule, context.getRequiredTestMethod());
  }
}
