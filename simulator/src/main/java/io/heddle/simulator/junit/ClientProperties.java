package io.heddle.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How an injected client is configured, as {@code name=value}. Without serializers or deserializers
 * among them, keys and values are strings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ClientProperties {
  /** The properties, for example {@code group.id=billing}. */
  String[] value();
}
