package io.heddle.engine;

/** What a strand handles in the order in which it came. */
sealed interface Intake extends Message permits RecordBatch, Interjection {}
