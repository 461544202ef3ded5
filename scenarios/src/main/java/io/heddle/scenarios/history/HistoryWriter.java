package io.heddle.scenarios.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.history.Stamp;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes facts to a file, one a line. One thread at a time. A failure to write is thrown as {@link
 * UncheckedIOException}.
 *
 * <pre>
 * try (HistoryWriter history = new HistoryWriter(Files.newOutputStream(file))) {
 *   SimulatedKafka kafka = SimulatedKafka.builder(7).facts(history).build();
 * </pre>
 */
public final class HistoryWriter implements Consumer<Fact>, AutoCloseable {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final Writer out;

  /** Writes to this stream, which {@link #close} closes. */
  public HistoryWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
  }

  @Override
  public void accept(Fact fact) {
    try {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        json.writeNumberField("ms", BigDecimal.valueOf(fact.atNanos(), 6).stripTrailingZeros());
        if (fact instanceof Fact.OfClient ofClient) {
          client(json, ofClient);
        } else if (!log(json, fact) && !group(json, fact)) {
          work(json, fact);
        }
        json.writeEndObject();
      }
      out.write('\n');
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static boolean log(JsonGenerator json, Fact fact) throws IOException {
    if (fact instanceof Fact.Appended it) {
      place(json, EventKind.APPENDED, it.partition(), it.offset());
      json.writeStringField("key", it.key());
      stamp(json, it.stamp());
    } else if (fact instanceof Fact.Removed it) {
      event(json, EventKind.REMOVED);
      json.writeStringField("partition", it.partition().toString());
      json.writeNumberField("from", it.fromOffset());
      json.writeNumberField("to", it.toOffset());
    } else if (fact instanceof Fact.Truncated it) {
      event(json, EventKind.TRUNCATED);
      json.writeStringField("partition", it.partition().toString());
      json.writeNumberField("end", it.endOffset());
      json.writeNumberField("leaderEpoch", it.leaderEpoch());
      json.writeBooleanField("deleted", it.deletion());
    } else if (fact instanceof Fact.Visible it) {
      place(json, EventKind.VISIBLE, it.partition(), it.offset());
      json.writeStringField("input", it.input().toString());
      json.writeNumberField("inputOffset", it.inputOffset());
    } else if (fact instanceof Fact.Stored it) {
      event(json, EventKind.STORED);
      json.writeStringField("input", it.input().toString());
      json.writeStringField("key", it.key());
      json.writeArrayFieldStart("offsets");
      for (long offset : it.offsets()) {
        json.writeNumber(offset);
      }
      json.writeEndArray();
    } else {
      return false;
    }
    return true;
  }

  private static boolean group(JsonGenerator json, Fact fact) throws IOException {
    if (fact instanceof Fact.Committed it) {
      place(json, EventKind.COMMITTED, it.member(), it.partition(), it.offset());
      json.writeStringField("group", it.group());
      json.writeNumberField("generation", it.generation());
      json.writeNumberField("leaderEpoch", it.leaderEpoch());
      json.writeStringField("metadata", it.metadata());
      json.writeBooleanField("givenUp", it.givenUp());
    } else if (fact instanceof Fact.CommitPending it) {
      place(json, EventKind.PENDING, it.member(), it.partition(), it.offset());
      json.writeStringField("group", it.group());
      json.writeNumberField("generation", it.generation());
    } else if (fact instanceof Fact.Assigned it) {
      owned(json, EventKind.ASSIGNED, it.member(), it.partitions());
      json.writeNumberField("generation", it.generation());
    } else if (fact instanceof Fact.RevokeStarted it) {
      owned(json, EventKind.REVOKING, it.member(), it.partitions());
    } else if (fact instanceof Fact.Revoked it) {
      owned(json, EventKind.REVOKED, it.member(), it.partitions());
    } else if (fact instanceof Fact.Lost it) {
      owned(json, EventKind.LOST, it.member(), it.partitions());
      json.writeStringField("reason", it.reason());
      json.writeBooleanField("byMember", it.byMember());
      json.writeNumberField("generation", it.generation());
    } else if (fact instanceof Fact.Regained it) {
      owned(json, EventKind.REGAINED, it.member(), it.partitions());
    } else if (fact instanceof Fact.Replaced it) {
      member(json, EventKind.REPLACED, it.member());
      json.writeStringField("successor", it.successor().toString());
      json.writeNumberField("generation", it.generation());
    } else {
      return false;
    }
    return true;
  }

  private static void work(JsonGenerator json, Fact fact) throws IOException {
    if (fact instanceof Fact.Sought it) {
      place(json, EventKind.SOUGHT, it.member(), it.partition(), it.offset());
    } else if (fact instanceof Fact.Crashed it) {
      member(json, EventKind.CRASHED, it.member());
    } else if (fact instanceof Fact.Started it) {
      place(json, EventKind.STARTED, it.member(), it.partition(), it.offset());
      json.writeStringField("key", it.key());
      stamp(json, it.stamp());
    } else if (fact instanceof Fact.Ended it) {
      place(json, EventKind.ENDED, it.member(), it.partition(), it.offset());
      json.writeStringField("key", it.key());
    } else if (fact instanceof Fact.Completed it) {
      place(json, EventKind.COMPLETED, it.member(), it.partition(), it.offset());
      json.writeStringField("key", it.key());
      stamp(json, it.stamp());
    } else if (fact instanceof Fact.Healed) {
      event(json, EventKind.HEALED);
    } else if (fact instanceof Fact.RunEnded it) {
      event(json, it.finished() ? EventKind.FINISHED : EventKind.STOPPED);
      json.writeStringField("detail", it.detail());
    } else {
      throw new AssertionError("unknown fact " + fact);
    }
  }

  private static void stamp(JsonGenerator json, Stamp stamp) throws IOException {
    if (stamp.isKnown()) {
      json.writeNumberField("leaderEpoch", stamp.leaderEpoch());
      json.writeNumberField("timestamp", stamp.timestamp());
    }
  }

  private static void client(JsonGenerator json, Fact.OfClient fact) throws IOException {
    Member member = fact.member();
    if (fact instanceof Fact.Sent it) {
      place(json, EventKind.SENT, member, it.partition(), it.offset());
      json.writeNumberField("number", it.number());
      json.writeStringField("value", it.value());
      json.writeStringField("transaction", it.transaction());
      json.writeStringField("outcome", it.outcome().name().toLowerCase(Locale.ROOT));
    } else if (fact instanceof Fact.Polled it) {
      place(json, EventKind.POLLED, member, it.partition(), it.offset());
      json.writeStringField("value", it.value());
      json.writeStringField("transaction", it.transaction());
      json.writeBooleanField("committedOnly", it.committedOnly());
    } else if (fact instanceof Fact.Moved it) {
      member(json, EventKind.MOVED, member);
      json.writeStringField("partition", it.partition().toString());
    } else if (fact instanceof Fact.OffsetSent it) {
      place(json, EventKind.OFFSET, member, it.partition(), it.offset());
      json.writeStringField("transaction", it.transaction());
      json.writeStringField("group", it.group());
    } else if (fact instanceof Fact.TransactionEnding it) {
      member(json, it.commit() ? EventKind.COMMITTING : EventKind.ABORTING, member);
      json.writeStringField("transaction", it.transaction());
    } else if (fact instanceof Fact.TransactionEnded it) {
      member(json, EventKind.TRANSACTION, member);
      json.writeStringField("transaction", it.transaction());
      json.writeStringField("outcome", HistoryParser.outcomeOfTransaction(it.outcome()));
    } else {
      throw new AssertionError("unknown fact " + fact);
    }
  }

  private static void event(JsonGenerator json, EventKind kind) throws IOException {
    json.writeStringField("event", kind.label());
  }

  private static void member(JsonGenerator json, EventKind kind, Member member) throws IOException {
    event(json, kind);
    json.writeStringField("member", member.toString());
  }

  private static void place(
      JsonGenerator json, EventKind kind, TopicPartition partition, long offset)
      throws IOException {
    event(json, kind);
    json.writeStringField("partition", partition.toString());
    json.writeNumberField("offset", offset);
  }

  private static void place(
      JsonGenerator json, EventKind kind, Member member, TopicPartition partition, long offset)
      throws IOException {
    member(json, kind, member);
    json.writeStringField("partition", partition.toString());
    json.writeNumberField("offset", offset);
  }

  private static void owned(
      JsonGenerator json, EventKind kind, Member member, List<TopicPartition> partitions)
      throws IOException {
    member(json, kind, member);
    json.writeArrayFieldStart("partitions");
    for (TopicPartition partition : partitions) {
      json.writeString(partition.toString());
    }
    json.writeEndArray();
  }
}
