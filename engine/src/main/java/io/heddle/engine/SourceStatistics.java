package io.heddle.engine;

/**
 * What a source has done and has to do, as of about now.
 *
 * @param polledRecords records polled since the start
 * @param polledBytes bytes of their keys and values
 * @param completedRecords records completed since the start; redeliveries count again
 * @param assignedPartitions partitions owned now
 * @param pausedPartitions those of them whose intake is stopped
 * @param inFlightRecords records polled and not complete, of the partitions owned now
 * @param inFlightBytes bytes of their keys and values
 * @param behindGapRecords records that are complete but cannot be committed, since an earlier one
 *     of their partition is not
 */
public record SourceStatistics(
    long polledRecords,
    long polledBytes,
    long completedRecords,
    int assignedPartitions,
    int pausedPartitions,
    long inFlightRecords,
    long inFlightBytes,
    long behindGapRecords) {}
