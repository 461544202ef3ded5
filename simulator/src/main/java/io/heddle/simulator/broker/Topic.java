package io.heddle.simulator.broker;

import java.util.List;
import org.apache.kafka.common.Uuid;

/** A topic; one of the same name that is created later has another id. */
record Topic(String name, Uuid id, List<Partition> partitions) {
  Topic {
    partitions = List.copyOf(partitions);
  }
}
