package io.heddle.engine;

/** Says that a change log is not there, or is not as it has to be. */
public final class ChangeLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;

  ChangeLogException(StoreConfig store, String rule) {
    super("change log '%s' of store '%s' %s".formatted(store.changeLog(), store.name(), rule));
    this.topic = store.changeLog();
  }

  /** The topic. */
  public String topic() {
    return topic;
  }
}
