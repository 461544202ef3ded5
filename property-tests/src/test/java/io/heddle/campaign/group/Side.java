package io.heddle.campaign.group;

import io.heddle.simulator.broker.Caller;
import io.heddle.simulator.protocol.Request;
import io.heddle.simulator.protocol.Response;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** A group coordinator that can be asked in the simulator's words. */
interface Side {
  /** The answer to the request of that number. */
  record Reply(int number, Response response) {}

  /**
   * Sends a request.
   *
   * @param suffix what the id of a new member ends with, if it makes one
   */
  void send(int number, Caller caller, Request request, String suffix);

  /** When its next timer is due, or {@link Deadlines#NEVER}. */
  long nextTimer();

  /** Lets time pass up to then and runs the timers that are due. */
  void advanceTo(long ms);

  /** All replies since the last call, in their order. */
  List<Reply> replies();

  void createTopic(String name, Uuid id, int partitions);

  void growTopic(String name, int partitions);

  void deleteTopic(String name);
}
