package io.heddle.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The one seed with which a {@link SimulatedKafkaTest} is run, in the place of all others. It
 * belongs where that annotation is; {@code -Dheddle.seed} overrules it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(SimulatedKafkaExtension.class)
public @interface Seed {
  /** The seed. */
  long value();
}
