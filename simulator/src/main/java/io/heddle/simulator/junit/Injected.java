package io.heddle.simulator.junit;

import io.heddle.simulator.SimulatedKafka;
import io.heddle.simulator.SimulatedProcess;
import io.heddle.simulator.check.Observer;
import io.heddle.simulator.fault.FaultPlan;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * What a parameter asks for.
 *
 * @param type its type
 * @param process the process to which it belongs
 * @param properties for clients, without those that are the same for all
 */
record Injected(Class<?> type, String process, Map<String, Object> properties) {
  private static final String DEFAULT_PROCESS = "app";
  private static final List<Class<?>> TYPES =
      List.of(
          SimulatedKafka.class,
          FaultPlan.class,
          SimulatedProcess.class,
          Consumer.class,
          Producer.class,
          Admin.class,
          Clock.class,
          Executor.class,
          ExecutorService.class,
          ScheduledExecutorService.class,
          Observer.class);

  /** What people write where they mean what it implements. */
  private static final List<Class<?>> TOO_SPECIAL = List.of(Consumer.class, Producer.class);

  static boolean supports(Class<?> type) {
    return TYPES.contains(type)
        || TOO_SPECIAL.stream().anyMatch(client -> client.isAssignableFrom(type));
  }

  static Injected of(ParameterContext parameter) {
    Class<?> type = parameter.getParameter().getType();
    for (Class<?> client : TOO_SPECIAL) {
      if (type != client && client.isAssignableFrom(type)) {
        throw new ParameterResolutionException(
            type.getSimpleName()
                + " is a client of the network: let the parameter, and the application, have a "
                + client.getSimpleName());
      }
    }
    Map<String, Object> properties = new TreeMap<>();
    parameter
        .findAnnotation(ClientProperties.class)
        .ifPresent(
            annotation -> {
              for (String property : annotation.value()) {
                put(property, properties);
              }
            });
    if (type == Consumer.class) {
      strings(parameter, List.of("key.deserializer", "value.deserializer"), properties);
    } else if (type == Producer.class) {
      strings(parameter, List.of("key.serializer", "value.serializer"), properties);
    } else if (type != Admin.class && !properties.isEmpty()) {
      throw new ParameterResolutionException(
          "@ClientProperties is for Consumer, Producer and Admin, not for " + type.getSimpleName());
    }
    String process =
        parameter.findAnnotation(InProcess.class).map(InProcess::value).orElse(DEFAULT_PROCESS);
    return new Injected(type, process, properties);
  }

  private static void put(String property, Map<String, Object> properties) {
    int equals = property.indexOf('=');
    if (equals < 1) {
      throw new ParameterResolutionException(
          "@ClientProperties must be name=value, was '" + property + "'");
    }
    properties.put(property.substring(0, equals).strip(), property.substring(equals + 1).strip());
  }

  /** Strings are the default; where the parameter's type says otherwise, so must a property. */
  private static void strings(
      ParameterContext parameter, List<String> names, Map<String, Object> properties) {
    Type declared = parameter.getParameter().getParameterizedType();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!properties.containsKey(name)) {
        Type wanted =
            declared instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()[i]
                : String.class;
        if (wanted != String.class) {
          throw new ParameterResolutionException(
              declared + " needs " + name + " in @ClientProperties: only strings need none");
        }
        properties.put(
            name,
            name.endsWith("deserializer") ? StringDeserializer.class : StringSerializer.class);
      }
    }
  }

  /** Makes it; called in the simulation. */
  Object create(Session session) {
    if (type == SimulatedKafka.class) {
      return session.kafka();
    } else if (type == FaultPlan.class) {
      return session.faults();
    }
    return create(session.kafka().process(process));
  }

  private Object create(SimulatedProcess owner) {
    if (type == SimulatedProcess.class) {
      return owner;
    } else if (type == Consumer.class) {
      return owner.consumer(properties);
    } else if (type == Producer.class) {
      return owner.producer(properties);
    } else if (type == Admin.class) {
      return owner.admin(properties);
    } else if (type == Clock.class) {
      return owner.runtime().clock();
    } else if (type == Executor.class || type == ExecutorService.class) {
      return owner.runtime().executor("executor", Integer.MAX_VALUE);
    } else if (type == ScheduledExecutorService.class) {
      return owner.runtime().scheduledExecutor("timers", Integer.MAX_VALUE);
    }
    return owner.observer();
  }
}
