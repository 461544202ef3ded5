package io.heddle.campaign.group;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where Kafka's coordinator puts an answer that may come later; it is told at once. */
final class Answer<T> extends CompletableFuture<T> {
  private final Consumer<T> told;

  Answer(Consumer<T> told) {
    this.told = told;
  }

  @Override
  public boolean complete(T value) {
    boolean first = super.complete(value);
    if (first) {
      told.accept(value);
    }
    return first;
  }
}
