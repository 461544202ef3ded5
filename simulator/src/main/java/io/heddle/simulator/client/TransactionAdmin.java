package io.heddle.simulator.client;

import io.heddle.simulator.protocol.InitProducerIdResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.AbortTransactionOptions;
import org.apache.kafka.clients.admin.AbortTransactionResult;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.FenceProducersResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ListTransactionsResult;
import org.apache.kafka.clients.admin.TerminateTransactionOptions;
import org.apache.kafka.clients.admin.TerminateTransactionResult;
import org.apache.kafka.common.TopicPartition;

/** The part of {@code Admin} that is about transactions and producers. */
interface TransactionAdmin extends Admin {
  AdminTransactions transactions();

  @Override
  default DescribeTransactionsResult describeTransactions(
      Collection<String> ids, DescribeTransactionsOptions options) {
    return AdminResults.describedTransactions(
        AdminOutcome.toFutures(transactions().describe(ids, options.timeoutMs())));
  }

  @Override
  default ListTransactionsResult listTransactions(ListTransactionsOptions options) {
    return AdminResults.listedTransactions(
        transactions()
            .list(options)
            .map(brokers -> AdminOutcome.toFutures(Objects.requireNonNull(brokers)))
            .toFuture());
  }

  @Override
  default FenceProducersResult fenceProducers(
      Collection<String> ids, FenceProducersOptions options) {
    return AdminResults.fencedProducers(
        AdminOutcome.toFutures(transactions().fence(ids, options.timeoutMs())));
  }

  /** As in kafka-clients: fences whoever uses the id, which aborts its transaction. */
  @Override
  default TerminateTransactionResult forceTerminateTransaction(
      String id, TerminateTransactionOptions options) {
    AdminOutcome<InitProducerIdResponse> fenced =
        Objects.requireNonNull(
            transactions().fence(java.util.List.of(id), options.timeoutMs()).get(id));
    return AdminResults.terminated(fenced.<Void>map(response -> null).toFuture());
  }

  @Override
  default DescribeProducersResult describeProducers(
      Collection<TopicPartition> partitions, DescribeProducersOptions options) {
    Map<TopicPartition, AdminOutcome<PartitionProducerState>> states = new LinkedHashMap<>();
    transactions()
        .producers(partitions, options.brokerId(), options.timeoutMs())
        .forEach(
            (partition, told) ->
                states.put(
                    partition,
                    told.map(
                        producers ->
                            new PartitionProducerState(Objects.requireNonNull(producers)))));
    return AdminResults.describedProducers(AdminOutcome.toFutures(states));
  }

  @Override
  default AbortTransactionResult abortTransaction(
      AbortTransactionSpec spec, AbortTransactionOptions options) {
    return AdminResults.abortedTransaction(
        AdminOutcome.toFutures(transactions().abort(spec, options.timeoutMs())));
  }
}
