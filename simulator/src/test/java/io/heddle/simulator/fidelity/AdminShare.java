package io.heddle.simulator.fidelity;

import io.heddle.simulator.client.SimAdmin;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** How much of {@code Admin} the simulator models: abstract methods, by their names. */
final class AdminShare {
  private AdminShare() {}

  /** The calls of kafka-clients' interface; those with fewer parameters lead to these. */
  static Set<String> all() {
    return Arrays.stream(Admin.class.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those of them that do not lead to a refusal by name. */
  static Set<String> modelled() {
    Set<String> modelled = all();
    Arrays.stream(SimAdmin.class.getMethods())
        .filter(method -> method.getDeclaringClass().getSimpleName().startsWith("Unmodelled"))
        .map(Method::getName)
        .forEach(modelled::remove);
    return modelled;
  }

  /** Those of them whose answer is the same whatever happens in the cluster. */
  static Set<String> constant() {
    Set<String> constant = new TreeSet<>();
    Arrays.stream(SimAdmin.class.getMethods())
        .filter(method -> method.getDeclaringClass().getSimpleName().startsWith("Constant"))
        .map(Method::getName)
        .forEach(constant::add);
    constant.retainAll(all());
    return constant;
  }

  static String sentence() {
    int all = all().size();
    int modelled = modelled().size();
    int real = modelled - constant().size();
    return String.format(
        Locale.ROOT,
        "Of the %d calls of `Admin` (abstract methods, by their names), %d are modelled: %.1f %%."
            + " Of these, %d have an answer that is always the same, whatever happens in the"
            + " cluster (%s); without them it is %d: %.1f %%.",
        all,
        modelled,
        100.0 * modelled / all,
        constant().size(),
        constant().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")),
        real,
        100.0 * real / all);
  }
}
