package io.heddle.simulator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.simulator.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where the reply to one request arrives. */
final class Answer<R extends Response> implements Consumer<Response> {
  private final Class<R> type;
  private final List<Response> replies = new ArrayList<>();

  Answer(Class<R> type) {
    this.type = type;
  }

  @Override
  public void accept(Response response) {
    replies.add(response);
  }

  boolean isPending() {
    return replies.isEmpty();
  }

  /** The reply, which must have come by now. */
  R get() {
    assertThat(replies).as("replies of type %s", type.getSimpleName()).hasSize(1);
    return type.cast(replies.get(0));
  }
}
