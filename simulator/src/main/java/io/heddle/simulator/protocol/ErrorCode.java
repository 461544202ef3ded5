package io.heddle.simulator.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.ErrorTexts;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.DuplicateResourceException;
import org.apache.kafka.common.errors.DuplicateSequenceException;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.EligibleLeadersNotAvailableException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.FencedLeaderEpochException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.LogDirNotFoundException;
import org.apache.kafka.common.errors.MemberIdRequiredException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.OffsetNotAvailableException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.PreferredLeaderNotAvailableException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.ReplicaNotAvailableException;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnknownLeaderEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnstableOffsetCommitException;
import org.apache.kafka.common.errors.UnsupportedAssignorException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Kafka's error codes, as far as the simulator answers with them or a fault may. */
public enum ErrorCode {
  UNKNOWN_SERVER_ERROR(-1, UnknownServerException::new),
  NONE(0, ErrorCode::none),
  OFFSET_OUT_OF_RANGE(1, OffsetOutOfRangeException::new),
  CORRUPT_MESSAGE(2, CorruptRecordException::new),
  UNKNOWN_TOPIC_OR_PARTITION(3, UnknownTopicOrPartitionException::new),
  LEADER_NOT_AVAILABLE(5, LeaderNotAvailableException::new),
  NOT_LEADER_OR_FOLLOWER(6, NotLeaderOrFollowerException::new),
  REQUEST_TIMED_OUT(7, TimeoutException::new),
  REPLICA_NOT_AVAILABLE(9, ReplicaNotAvailableException::new),
  MESSAGE_TOO_LARGE(10, RecordTooLargeException::new),
  OFFSET_METADATA_TOO_LARGE(12, OffsetMetadataTooLarge::new),
  NETWORK_EXCEPTION(13, NetworkException::new),
  COORDINATOR_LOAD_IN_PROGRESS(14, CoordinatorLoadInProgressException::new),
  COORDINATOR_NOT_AVAILABLE(15, CoordinatorNotAvailableException::new),
  NOT_COORDINATOR(16, NotCoordinatorException::new),
  INVALID_TOPIC_EXCEPTION(17, InvalidTopicException::new),
  NOT_ENOUGH_REPLICAS(19, NotEnoughReplicasException::new),
  NOT_ENOUGH_REPLICAS_AFTER_APPEND(20, NotEnoughReplicasAfterAppendException::new),
  INVALID_REQUIRED_ACKS(21, InvalidRequiredAcksException::new),
  ILLEGAL_GENERATION(22, IllegalGenerationException::new),
  INCONSISTENT_GROUP_PROTOCOL(23, InconsistentGroupProtocolException::new),
  INVALID_GROUP_ID(24, InvalidGroupIdException::new),
  UNKNOWN_MEMBER_ID(25, UnknownMemberIdException::new),
  INVALID_SESSION_TIMEOUT(26, InvalidSessionTimeoutException::new),
  REBALANCE_IN_PROGRESS(27, RebalanceInProgressException::new),
  INVALID_TIMESTAMP(32, InvalidTimestampException::new),
  UNSUPPORTED_SASL_MECHANISM(33, UnsupportedSaslMechanismException::new),
  UNSUPPORTED_VERSION(35, UnsupportedVersionException::new),
  TOPIC_ALREADY_EXISTS(36, TopicExistsException::new),
  INVALID_PARTITIONS(37, InvalidPartitionsException::new),
  INVALID_REPLICATION_FACTOR(38, InvalidReplicationFactorException::new),
  INVALID_REPLICA_ASSIGNMENT(39, InvalidReplicaAssignmentException::new),
  INVALID_CONFIG(40, InvalidConfigurationException::new),
  INVALID_REQUEST(42, InvalidRequestException::new),
  POLICY_VIOLATION(44, PolicyViolationException::new),
  OUT_OF_ORDER_SEQUENCE_NUMBER(45, OutOfOrderSequenceException::new),
  DUPLICATE_SEQUENCE_NUMBER(46, DuplicateSequenceException::new),
  INVALID_PRODUCER_EPOCH(47, InvalidProducerEpochException::new),
  INVALID_TXN_STATE(48, InvalidTxnStateException::new),
  INVALID_PRODUCER_ID_MAPPING(49, InvalidPidMappingException::new),
  INVALID_TRANSACTION_TIMEOUT(50, InvalidTxnTimeoutException::new),
  CONCURRENT_TRANSACTIONS(51, ConcurrentTransactionsException::new),
  TRANSACTION_COORDINATOR_FENCED(52, TransactionCoordinatorFencedException::new),
  SECURITY_DISABLED(54, SecurityDisabledException::new),
  KAFKA_STORAGE_ERROR(56, KafkaStorageException::new),
  LOG_DIR_NOT_FOUND(57, LogDirNotFoundException::new),
  UNKNOWN_PRODUCER_ID(59, UnknownProducerIdException::new),
  NON_EMPTY_GROUP(68, GroupNotEmptyException::new),
  GROUP_ID_NOT_FOUND(69, GroupIdNotFoundException::new),
  FENCED_LEADER_EPOCH(74, FencedLeaderEpochException::new),
  UNKNOWN_LEADER_EPOCH(75, UnknownLeaderEpochException::new),
  OFFSET_NOT_AVAILABLE(78, OffsetNotAvailableException::new),
  MEMBER_ID_REQUIRED(79, MemberIdRequiredException::new),
  PREFERRED_LEADER_NOT_AVAILABLE(80, PreferredLeaderNotAvailableException::new),
  GROUP_MAX_SIZE_REACHED(81, GroupMaxSizeReachedException::new),
  FENCED_INSTANCE_ID(82, FencedInstanceIdException::new),
  ELIGIBLE_LEADERS_NOT_AVAILABLE(83, EligibleLeadersNotAvailableException::new),
  ELECTION_NOT_NEEDED(84, ElectionNotNeededException::new),
  NO_REASSIGNMENT_IN_PROGRESS(85, NoReassignmentInProgressException::new),
  GROUP_SUBSCRIBED_TO_TOPIC(86, GroupSubscribedToTopicException::new),
  INVALID_RECORD(87, InvalidRecordException::new),
  UNSTABLE_OFFSET_COMMIT(88, UnstableOffsetCommitException::new),
  PRODUCER_FENCED(90, ProducerFencedException::new),
  RESOURCE_NOT_FOUND(91, ResourceNotFoundException::new),
  DUPLICATE_RESOURCE(92, DuplicateResourceException::new),
  UNACCEPTABLE_CREDENTIAL(93, UnacceptableCredentialException::new),
  UNKNOWN_TOPIC_ID(100, UnknownTopicIdException::new),
  BROKER_ID_NOT_REGISTERED(102, BrokerIdNotRegisteredException::new),
  TRANSACTIONAL_ID_NOT_FOUND(105, TransactionalIdNotFoundException::new),
  FENCED_MEMBER_EPOCH(110, FencedMemberEpochException::new),
  UNRELEASED_INSTANCE_ID(111, UnreleasedInstanceIdException::new),
  UNSUPPORTED_ASSIGNOR(112, UnsupportedAssignorException::new),
  STALE_MEMBER_EPOCH(113, StaleMemberEpochException::new),
  TRANSACTION_ABORTABLE(120, TransactionAbortableException::new),
  INVALID_REGULAR_EXPRESSION(128, InvalidRegularExpression::new);

  private final short code;
  private final Function<String, ApiException> exception;

  ErrorCode(int code, Function<String, ApiException> exception) {
    this.code = (short) code;
    this.exception = exception;
  }

  /** The number in Kafka's protocol. */
  public short code() {
    return code;
  }

  /**
   * The exception that kafka-clients throws for this error; there is none for {@link #NONE}.
   *
   * @param message empty for what kafka-clients says of the error in general
   */
  public ApiException exception(String message) {
    return exception.apply(message.isEmpty() ? ErrorTexts.of(code) : message);
  }

  private static ApiException none(String message) {
    throw new IllegalStateException("NONE is not an error: " + message);
  }

  /** The exception that kafka-clients throws for this error, with its message for it. */
  public ApiException exception() {
    return exception("");
  }

  /** The error of that name, in Kafka's spelling. */
  public static Optional<ErrorCode> named(String name) {
    return Arrays.stream(values()).filter(error -> error.name().equals(name)).findFirst();
  }

  /** The names of all errors, {@link #NONE} apart. */
  public static List<String> names() {
    return Arrays.stream(values()).filter(error -> error != NONE).map(Enum::name).toList();
  }
}
