package io.heddle.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class UnmodelledAdminTest {
  private final SimAdmin admin = new KafkaFixture(1).admin(Map.of());

  @Test
  void refusesEachCallByItsName() throws Exception {
    List<String> silent = new ArrayList<>();
    List<Method> methods = new ArrayList<>(List.of(UnmodelledAdmin.class.getDeclaredMethods()));
    methods.addAll(List.of(UnmodelledGroups.class.getDeclaredMethods()));
    for (Method method : methods) {
      Object[] nothing = new Object[method.getParameterCount()];
      Class<?>[] types = method.getParameterTypes();
      Arrays.setAll(nothing, i -> types[i] == int.class ? 0 : null);
      try {
        method.invoke(admin, nothing);
        silent.add(method.getName());
      } catch (InvocationTargetException refused) {
        assertThat(refused.getCause())
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageStartingWith("Admin." + method.getName() + " is not modelled");
      }
    }

    assertThat(silent).isEmpty();
  }

  @Test
  void leavesNoCallOfAdminWithoutAnAnswer() {
    assertThat(Admin.class.getMethods())
        .filteredOn(method -> Modifier.isAbstract(method.getModifiers()))
        .allSatisfy(
            method ->
                assertThat(SimAdmin.class.getMethod(method.getName(), method.getParameterTypes()))
                    .satisfies(it -> assertThat(Modifier.isAbstract(it.getModifiers())).isFalse()));
  }
}
