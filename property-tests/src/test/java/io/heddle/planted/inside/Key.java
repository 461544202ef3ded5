package io.heddle.planted.inside;

/**
 * A key whose hash is sometimes asked for slowly: other threads run meanwhile, so that what the
 * engine does around its maps is taken apart.
 */
final class Key {
  private final String name;
  private final Runnable pause;

  Key(String name, Runnable pause) {
    this.name = name;
    this.pause = pause;
  }

  String name() {
    return name;
  }

  @Override
  public int hashCode() {
    pause.run();
    return name.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && key.name.equals(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
