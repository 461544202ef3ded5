package io.heddle.planted;

import io.heddle.planted.inside.EngineWorkbench;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

/**
 * Loads the engine, with some classes replaced, beside the real one; and together with it
 * everything that names the engine's classes. All else, the simulator above all, is shared.
 */
final class PlantedEngine extends ClassLoader {
  /** What is loaded anew. */
  private static final List<String> OWN =
      List.of(
          "io.heddle.engine.",
          "io.heddle.scenarios.run.",
          "io.heddle.scenarios.shrink.",
          "io.heddle.planted.inside.");

  private final Map<String, byte[]> replaced;

  private PlantedEngine(Map<String, byte[]> replaced) {
    super(PlantedEngine.class.getClassLoader());
    this.replaced = replaced;
  }

  /** The engine with this mistake. */
  static Workbench with(Plant plant) {
    return open(new PlantedEngine(Compilation.of(plant.name(), Sources.changed(plant))));
  }

  /** The engine as it is. */
  static Workbench sound() {
    return new EngineWorkbench();
  }

  private static Workbench open(PlantedEngine loader) {
    try {
      Constructor<?> constructor =
          loader.loadClass(EngineWorkbench.class.getName()).getConstructor();
      return (Workbench) constructor.newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the planted engine cannot be loaded", impossible);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = replaced.get(name);
    if (bytes == null) {
      bytes = bytesOf(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] bytesOf(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
