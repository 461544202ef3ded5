package io.heddle.simulator.client;

import io.heddle.simulator.protocol.DescribeClusterResponse;
import java.util.Collection;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminResults;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DeleteTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicCollection.TopicIdCollection;
import org.apache.kafka.common.TopicCollection.TopicNameCollection;

/** The part of {@code Admin} that is about topics, and which brokers there are. */
interface TopicAdmin extends Admin {
  AdminTopics topics();

  @Override
  default CreateTopicsResult createTopics(
      Collection<NewTopic> newTopics, CreateTopicsOptions options) {
    return new CreatedTopics(
        AdminOutcome.toFutures(
            topics().create(newTopics, options.shouldValidateOnly(), options.timeoutMs())));
  }

  @Override
  default DeleteTopicsResult deleteTopics(TopicCollection deleted, DeleteTopicsOptions options) {
    if (deleted instanceof TopicIdCollection byId) {
      return AdminResults.deletedTopicIds(
          AdminOutcome.toFutures(topics().deleteIds(byId.topicIds(), options.timeoutMs())));
    }
    return AdminResults.deletedTopics(
        AdminOutcome.toFutures(topics().delete(names(deleted), options.timeoutMs())));
  }

  private static Collection<String> names(TopicCollection named) {
    return ((TopicNameCollection) named).topicNames();
  }

  @Override
  default ListTopicsResult listTopics(ListTopicsOptions options) {
    if (options.shouldListInternal()) {
      throw Refusal.notModelled("ListTopicsOptions.listInternal");
    }
    return AdminResults.listedTopics(topics().list(options.timeoutMs()).toFuture());
  }

  @Override
  default DescribeTopicsResult describeTopics(
      TopicCollection described, DescribeTopicsOptions options) {
    refuseOperations(options.includeAuthorizedOperations());
    if (described instanceof TopicIdCollection byId) {
      return AdminResults.describedTopicIds(
          AdminOutcome.toFutures(topics().describeIds(byId.topicIds(), options.timeoutMs())));
    }
    return AdminResults.describedTopics(
        AdminOutcome.toFutures(topics().describe(names(described), options.timeoutMs())));
  }

  /** Who may do what is not modelled: whoever asks for it is told so. */
  static void refuseOperations(boolean included) {
    if (included) {
      throw Refusal.notModelled("includeAuthorizedOperations");
    }
  }

  @Override
  default DescribeClusterResult describeCluster(DescribeClusterOptions options) {
    refuseOperations(options.includeAuthorizedOperations());
    AdminOutcome<DescribeClusterResponse> told =
        topics().cluster(options.includeFencedBrokers(), options.timeoutMs());
    AdminOutcome<Collection<Node>> nodes = told.map(it -> present(it).brokers());
    return AdminResults.describedCluster(
        nodes.toFuture(),
        told.<Node>map(it -> AdminTopics.node(present(it).brokers(), present(it).controllerId()))
            .toFuture(),
        told.<String>map(it -> present(it).clusterId()).toFuture());
  }

  private static DescribeClusterResponse present(DescribeClusterResponse response) {
    return Objects.requireNonNull(response);
  }
}
