package io.heddle.simulator.core;

import java.util.Arrays;
import java.util.List;

/** Stacks without what brought the application's code to run, which says nothing to anybody. */
public final class Stacks {
  private static final List<String> PACKAGES =
      List.of("java.", "jdk.", "sun.", "org.junit.", "io.heddle.simulator.core.");

  private static final List<String> CLASSES =
      List.of(
          "io.heddle.simulator.junit.Session",
          "io.heddle.simulator.junit.SimulatedInvocation",
          "io.heddle.simulator.SimulatedKafka");

  /** What the JDK makes of a lambda expression, which stands twice in a stack. */
  private static final String HIDDEN = "$$Lambda";

  private Stacks() {}

  /** Returns the stack down to the first call of the application; as it is if there is none. */
  public static StackTraceElement[] ofApplication(StackTraceElement[] stack) {
    int end = stack.length;
    while (end > 0 && isBelow(stack[end - 1].getClassName())) {
      end--;
    }
    return end == 0 ? stack.clone() : Arrays.copyOf(stack, end);
  }

  /** Whether anything in the stack is the application's. */
  static boolean hasApplication(StackTraceElement[] stack) {
    return Arrays.stream(stack).anyMatch(frame -> !isBelow(frame.getClassName()));
  }

  private static boolean isBelow(String type) {
    return type.contains(HIDDEN)
        || PACKAGES.stream().anyMatch(type::startsWith)
        || CLASSES.stream().anyMatch(each -> type.equals(each) || type.startsWith(each + "$"));
  }

  /** Returns the frame as exceptions have it, without the module or the class loader. */
  static String text(StackTraceElement frame) {
    return new StackTraceElement(
            frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
        .toString();
  }

  static boolean isHidden(StackTraceElement frame) {
    return frame.getClassName().contains(HIDDEN);
  }
}
