package io.heddle.engine;

/** Something for a partition's strand to do. */
interface Message {
  /** Called on the strand. */
  void deliver(PartitionWorker worker);
}
