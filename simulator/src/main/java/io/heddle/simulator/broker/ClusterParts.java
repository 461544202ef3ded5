package io.heddle.simulator.broker;

/** The parts of a cluster, put together. */
final class ClusterParts {
  final ClusterSettings settings;
  final Surroundings surroundings;
  final Brokers brokers;
  final Topics topics;
  final OffsetStore offsets = new OffsetStore();
  final TopicAdministration administration;
  final LogMaintenance maintenance;
  final GroupCoordinator groups;
  final ProducerIds producerIds;
  final TransactionMarkers markers;
  final TransactionCoordinator transactions;
  final CoordinatorMoves coordinators;
  final Failover failover;

  ClusterParts(ClusterSettings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.brokers = new Brokers(settings.brokers());
    this.topics = new Topics(brokers, settings.topicDefaults());
    this.administration = new TopicAdministration(topics, offsets, surroundings);
    this.maintenance = new LogMaintenance(topics, settings.logs(), surroundings);
    Coordinators groupSeats = new Coordinators(Coordinators.OFFSETS_TOPIC, settings.brokers());
    Coordinators transactionSeats =
        new Coordinators(Coordinators.TRANSACTIONS_TOPIC, settings.brokers());
    this.groups = new GroupCoordinator(settings.groups(), topics, offsets::has, surroundings);
    this.producerIds = new ProducerIds(settings.brokers());
    this.markers = new TransactionMarkers(topics, offsets, brokers, groupSeats, surroundings);
    this.transactions =
        new TransactionCoordinator(
            settings.transactions(), transactionSeats, producerIds, markers, surroundings);
    this.coordinators =
        new CoordinatorMoves(
            brokers, groupSeats, transactionSeats, groups, transactions, surroundings);
    this.failover = new Failover(brokers, topics, coordinators, settings.lives(), surroundings);
  }

  Coordinators groupSeats() {
    return coordinators.groupSeats();
  }

  Coordinators transactionSeats() {
    return coordinators.transactionSeats();
  }
}
