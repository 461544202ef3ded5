package io.heddle.simulator.client;

import io.heddle.simulator.protocol.DescribeProducersRequest;
import io.heddle.simulator.protocol.DescribeProducersResponse;
import io.heddle.simulator.protocol.DescribeTransactionsRequest;
import io.heddle.simulator.protocol.DescribeTransactionsResponse;
import io.heddle.simulator.protocol.DescribeTransactionsResponse.DescribedTransaction;
import io.heddle.simulator.protocol.ErrorCode;
import io.heddle.simulator.protocol.FindCoordinatorRequest.KeyType;
import io.heddle.simulator.protocol.InitProducerIdRequest;
import io.heddle.simulator.protocol.InitProducerIdResponse;
import io.heddle.simulator.protocol.ListTransactionsRequest;
import io.heddle.simulator.protocol.ListTransactionsResponse;
import io.heddle.simulator.protocol.MetadataRequest;
import io.heddle.simulator.protocol.MetadataResponse;
import io.heddle.simulator.protocol.WriteTxnMarkersRequest;
import io.heddle.simulator.protocol.WriteTxnMarkersResponse;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** An admin client's calls about transactions and producers. */
final class AdminTransactions {
  private final AdminCalls calls;

  AdminTransactions(AdminCalls calls) {
    this.calls = calls;
  }

  Map<String, AdminOutcome<TransactionDescription>> describe(
      Collection<String> ids, @Nullable Integer timeoutMs) {
    return calls.run(
        "describeTransactions",
        calls.deadline(timeoutMs),
        new LinkedHashSet<>(CallerOrder.of(ids, id -> id)),
        AdminRoute.toCoordinator(KeyType.TRANSACTION),
        new AdminStep<>(
            DescribeTransactionsResponse.class,
            true,
            DescribeTransactionsRequest::new,
            (response, call) -> response.transactions().forEach(each -> read(each, call))));
  }

  private static void read(
      DescribedTransaction told, AdminCall<String, TransactionDescription> call) {
    String id = told.transactionalId();
    if (told.error() == ErrorCode.NONE) {
      call.done(
          id,
          new TransactionDescription(
              call.brokerOf(id),
              TransactionState.parse(told.state()),
              told.producerId(),
              told.producerEpoch(),
              told.timeoutMs(),
              told.startTimeMs() < 0 ? OptionalLong.empty() : OptionalLong.of(told.startTimeMs()),
              new LinkedHashSet<>(told.partitions())));
    } else if (told.error() == ErrorCode.TRANSACTIONAL_ID_NOT_FOUND) {
      call.failed(
          id,
          new TransactionalIdNotFoundException(
              "DescribeTransactions request for transactionalId `"
                  + id
                  + "` failed because the ID could not be found"));
    } else {
      AdminGroups.readGroupError(id, told.error(), call);
    }
  }

  /** The transactional ids of each broker. */
  AdminOutcome<Map<Integer, AdminOutcome<Collection<TransactionListing>>>> list(
      ListTransactionsOptions options) {
    long deadline = calls.deadline(options.timeoutMs());
    AdminOutcome<MetadataResponse> metadata =
        calls.metadata("findAllBrokers", deadline, new MetadataRequest(List.of(), false, false));
    MetadataResponse known = metadata.value();
    if (known == null) {
      return AdminOutcome.failed(
          new KafkaException("Failed to find brokers to send requests", metadata.failure()));
    }
    ListTransactionsRequest request =
        new ListTransactionsRequest(
            options.filteredStates().stream().map(TransactionState::toString).sorted().toList(),
            options.filteredProducerIds().stream().sorted().toList(),
            options.filteredDuration(),
            Objects.requireNonNullElse(options.filteredTransactionalIdPattern(), ""));
    return AdminOutcome.done(
        calls.run(
            "listTransactions",
            deadline,
            known.brokers().stream().map(Node::id).toList(),
            new AdminRoute.Given<>(broker -> broker),
            new AdminStep<>(
                ListTransactionsResponse.class,
                false,
                keys -> request,
                AdminTransactions::readListing)));
  }

  private static void readListing(
      ListTransactionsResponse response, AdminCall<Integer, Collection<TransactionListing>> call) {
    for (Integer broker : call.unanswered()) {
      switch (response.error()) {
        case NONE ->
            call.done(
                broker,
                response.transactions().stream()
                    .map(
                        each ->
                            new TransactionListing(
                                each.transactionalId(),
                                each.producerId(),
                                TransactionState.parse(each.state())))
                    .toList());
        case COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE ->
            call.again(broker, response.error().exception());
        default -> call.failed(broker, response.error().exception());
      }
    }
  }

  /** Fences whoever uses the ids; each has a new epoch then. */
  Map<String, AdminOutcome<InitProducerIdResponse>> fence(
      Collection<String> ids, @Nullable Integer timeoutMs) {
    // Kafka passes on how long the call may take; nobody uses the producer after that.
    int transactionTimeoutMs =
        timeoutMs == null ? (int) (calls.times().requestTimeoutNanos() / 1_000_000) : timeoutMs;
    return calls.run(
        "fenceProducer",
        calls.deadline(timeoutMs),
        new LinkedHashSet<>(CallerOrder.of(ids, id -> id)),
        AdminRoute.toCoordinator(KeyType.TRANSACTION),
        new AdminStep<>(
            InitProducerIdResponse.class,
            false,
            keys -> new InitProducerIdRequest(Optional.of(keys.get(0)), transactionTimeoutMs),
            (response, call) -> {
              for (String id : call.unanswered()) {
                switch (response.error()) {
                  case NONE -> call.done(id, response);
                  case CONCURRENT_TRANSACTIONS -> call.again(id, response.error().exception());
                  default -> AdminGroups.readGroupError(id, response.error(), call);
                }
              }
            }));
  }

  Map<TopicPartition, AdminOutcome<List<ProducerState>>> producers(
      Collection<TopicPartition> partitions, OptionalInt broker, @Nullable Integer timeoutMs) {
    return calls.run(
        "describeProducers",
        calls.deadline(timeoutMs),
        new LinkedHashSet<>(CallerOrder.of(partitions, TopicPartition::toString)),
        broker.isPresent()
            ? new AdminRoute.Given<>(partition -> broker.getAsInt())
            : AdminRoute.toLeader(),
        new AdminStep<>(
            DescribeProducersResponse.class,
            true,
            DescribeProducersRequest::new,
            (response, call) ->
                response
                    .partitions()
                    .forEach(
                        (partition, told) -> {
                          if (told.error() == ErrorCode.NONE) {
                            call.done(
                                partition,
                                told.active().stream().map(AdminTransactions::state).toList());
                          } else {
                            readPartitionError(partition, told.error(), call);
                          }
                        })));
  }

  private static ProducerState state(DescribeProducersResponse.Active told) {
    return new ProducerState(
        told.producerId(),
        told.producerEpoch(),
        told.lastSequence(),
        told.lastTimestamp(),
        told.coordinatorEpoch() < 0 ? OptionalInt.empty() : OptionalInt.of(told.coordinatorEpoch()),
        told.transactionStart() < 0
            ? OptionalLong.empty()
            : OptionalLong.of(told.transactionStart()));
  }

  Map<TopicPartition, AdminOutcome<Void>> abort(
      AbortTransactionSpec spec, @Nullable Integer timeoutMs) {
    return calls.run(
        "abortTransaction",
        calls.deadline(timeoutMs),
        List.of(spec.topicPartition()),
        AdminRoute.toLeader(),
        new AdminStep<>(
            WriteTxnMarkersResponse.class,
            true,
            keys ->
                new WriteTxnMarkersRequest(
                    spec.producerId(), spec.producerEpoch(), spec.coordinatorEpoch(), false, keys),
            (response, call) ->
                response
                    .partitions()
                    .forEach(
                        (partition, error) -> {
                          if (error == ErrorCode.NONE) {
                            call.done(partition, null);
                          } else {
                            readPartitionError(partition, error, call);
                          }
                        })));
  }

  private static void readPartitionError(
      TopicPartition partition, ErrorCode error, AdminCall<TopicPartition, ?> call) {
    switch (error) {
      case NOT_LEADER_OR_FOLLOWER -> call.moved(partition, error.exception());
      case UNKNOWN_TOPIC_OR_PARTITION -> call.again(partition, error.exception());
      default -> call.failed(partition, error.exception());
    }
  }
}
