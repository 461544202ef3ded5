package io.heddle.simulator.broker;

import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.ListTransactionsRequest;
import io.heddle.simulator.protocol.ListTransactionsResponse;
import io.heddle.simulator.protocol.ListTransactionsResponse.ListedTransaction;
import java.util.regex.Pattern;

/**
 * Lists the transactional ids that the asked broker coordinates.
 *
 * <p>Models: producer and state of each; filters by producer, state, how long a transaction has
 * been open (an id that has had none counts as open since 1970, as in Kafka), and by a pattern for
 * names.
 *
 * <p>Does not model: RE2's syntax, where Java's patterns read it differently: what RE2 has not is
 * refused; authorization.
 */
final class ListTransactionsApi implements RequestHandler<ListTransactionsRequest> {
  private final Coordinators coordinators;
  private final TransactionCoordinator coordinator;
  private final Surroundings surroundings;

  ListTransactionsApi(
      Coordinators coordinators, TransactionCoordinator coordinator, Surroundings surroundings) {
    this.coordinators = coordinators;
    this.coordinator = coordinator;
    this.surroundings = surroundings;
  }

  @Override
  public void handle(Call call, ListTransactionsRequest request) {
    if (coordinators.isLoading(call.brokerId())) {
      call.reply(request.refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
      return;
    }
    if (Re2.faultOf(request.pattern()).isPresent()) {
      call.reply(request.refusal(ErrorCode.INVALID_REGULAR_EXPRESSION));
      return;
    }
    Pattern pattern = Pattern.compile(request.pattern());
    call.reply(
        new ListTransactionsResponse(
            ErrorCode.NONE,
            coordinator.all().stream()
                .filter(it -> coordinators.of(it.transactionalId()) == call.brokerId())
                .filter(it -> isWanted(it, request))
                .filter(
                    it ->
                        request.pattern().isEmpty()
                            || pattern.matcher(it.transactionalId()).matches())
                .map(
                    it ->
                        new ListedTransaction(
                            it.transactionalId(), it.producerId(), it.state().title()))
                .toList()));
  }

  private boolean isWanted(TransactionMetadata it, ListTransactionsRequest request) {
    boolean longEnough =
        request.longerThanMs() < 0
            || surroundings.wallMillis() - it.startMillis() > request.longerThanMs();
    return longEnough
        && (request.states().isEmpty() || request.states().contains(it.state().title()))
        && (request.producerIds().isEmpty() || request.producerIds().contains(it.producerId()));
  }
}
