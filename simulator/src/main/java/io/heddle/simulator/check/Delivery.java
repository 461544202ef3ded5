package io.heddle.simulator.check;

/**
 * How often records were delivered. None of this is right or wrong in itself: at least once means
 * that some come twice.
 *
 * @param records how many were appended to the consumed topics
 * @param completed how many of all records were completed, each counted once
 * @param duplicates how often a record was completed again
 * @param redeliveries how often work on a record started again
 */
public record Delivery(long records, long completed, long duplicates, long redeliveries) {}
