package io.heddle.scenarios.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.heddle.simulator.history.Fact;
import io.heddle.simulator.history.Member;
import io.heddle.simulator.history.Stamp;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a fact of each line of a history. */
final class HistoryParser {
  private static final JsonFactory JSON =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final int MAX_MS_DIGITS = 18;

  private long lastNanos;

  static String outcomeOfTransaction(Fact.Outcome outcome) {
    return switch (outcome) {
      case OK -> "committed";
      case FAILED -> "aborted";
      case UNKNOWN -> "unknown";
    };
  }

  Fact parse(String text, long line) throws HistoryException {
    try {
      Fields fields = new Fields(members(text));
      EventKind kind = fields.kind();
      Fact fact = fact(kind, fields, time(fields));
      lastNanos = fact.atNanos();
      return fact;
    } catch (Wrong e) {
      throw new HistoryException(line, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      throw new HistoryException(
          line, "no JSON object: " + Fields.shown(String.valueOf(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new IllegalStateException("a line in memory cannot fail to be read", e);
    }
  }

  private static Map<String, Object> members(String text) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Wrong("a line has to be one JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        members.put(name, value(json, json.nextToken(), name));
      }
      if (json.nextToken() != null) {
        throw new Wrong("there is more behind the JSON object");
      }
    }
    return members;
  }

  private static Object value(JsonParser json, JsonToken token, String name) throws IOException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json, name);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> array(json, name);
      default -> throw new Wrong("%s cannot be null or an object".formatted(Fields.shown(name)));
    };
  }

  private static BigDecimal number(JsonParser json, String name) throws IOException {
    BigDecimal number = json.getDecimalValue();
    // Something like 1e999999999 would take for ever to write out.
    if (number.precision() > MAX_MS_DIGITS + 6 || Math.abs(number.scale()) > MAX_MS_DIGITS) {
      throw new Wrong("%s is out of range".formatted(Fields.shown(name)));
    }
    return number;
  }

  private static List<Object> array(JsonParser json, String name) throws IOException {
    List<Object> values = new ArrayList<>();
    JsonToken token = json.nextToken();
    while (token != JsonToken.END_ARRAY) {
      values.add(
          switch (token) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> number(json, name);
            default ->
                throw new Wrong(
                    "%s must hold strings or numbers only".formatted(Fields.shown(name)));
          });
      token = json.nextToken();
    }
    return values;
  }

  /** Without a time it happened when the event before it did: the order counts. */
  private long time(Fields fields) {
    if (!fields.has("ms")) {
      return lastNanos;
    }
    BigDecimal ms = fields.number("ms");
    if (ms.signum() < 0 || ms.precision() - ms.scale() > 12) {
      throw new Wrong("ms must be from 0 to 999999999999, was " + ms.toPlainString());
    }
    return ms.movePointRight(6).longValue();
  }

  private static Fact fact(EventKind kind, Fields in, long at) {
    return switch (kind) {
      case APPENDED ->
          new Fact.Appended(at, in.partition(), in.offset("offset"), in.text("key", ""), stamp(in));
      case REMOVED -> new Fact.Removed(at, in.partition(), in.offset("from"), in.offset("to"));
      case TRUNCATED ->
          new Fact.Truncated(
              at,
              in.partition(),
              in.offset("end"),
              in.integer("leaderEpoch", -1),
              in.flag("deleted", false));
      case VISIBLE ->
          new Fact.Visible(
              at,
              in.partition(),
              in.offset("offset"),
              in.partition("input"),
              in.offset("inputOffset"));
      case STORED ->
          new Fact.Stored(at, in.partition("input"), in.text("key"), in.offsets("offsets"));
      case HEALED -> new Fact.Healed(at);
      case FINISHED -> new Fact.RunEnded(at, true, in.text("detail", ""));
      case STOPPED -> new Fact.RunEnded(at, false, in.text("detail", ""));
      default -> ofMember(kind, in, at, in.member());
    };
  }

  private static Fact ofMember(EventKind kind, Fields in, long at, Member member) {
    return switch (kind) {
      case COMMITTED ->
          new Fact.Committed(
              at,
              in.text("group", ""),
              member,
              in.integer("generation", -1),
              in.partition(),
              in.offset("offset"),
              in.integer("leaderEpoch", -1),
              in.text("metadata", ""),
              in.flag("givenUp", false));
      case PENDING ->
          new Fact.CommitPending(
              at,
              in.text("group", ""),
              member,
              in.integer("generation", -1),
              in.partition(),
              in.offset("offset"));
      case ASSIGNED -> new Fact.Assigned(at, member, in.integer("generation", -1), in.partitions());
      case REVOKING -> new Fact.RevokeStarted(at, member, in.partitions());
      case REVOKED -> new Fact.Revoked(at, member, in.partitions());
      case LOST ->
          new Fact.Lost(
              at,
              member,
              in.partitions(),
              in.text("reason", "lost"),
              in.flag("byMember", false),
              in.integer("generation", -1));
      case REGAINED -> new Fact.Regained(at, member, in.partitions());
      case REPLACED ->
          new Fact.Replaced(at, member, in.member("successor"), in.integer("generation", -1));
      case SOUGHT -> new Fact.Sought(at, member, in.partition(), in.offset("offset"));
      case CRASHED -> new Fact.Crashed(at, member);
      case STARTED ->
          new Fact.Started(
              at, member, in.partition(), in.offset("offset"), in.text("key"), stamp(in));
      case ENDED -> new Fact.Ended(at, member, in.partition(), in.offset("offset"), in.text("key"));
      case COMPLETED ->
          new Fact.Completed(
              at, member, in.partition(), in.offset("offset"), in.text("key"), stamp(in));
      default -> ofClient(kind, in, at, member);
    };
  }

  private static Fact ofClient(EventKind kind, Fields in, long at, Member member) {
    return switch (kind) {
      case SENT -> sent(in, at, member);
      case POLLED ->
          new Fact.Polled(
              at,
              member,
              in.text("transaction", ""),
              in.partition(),
              in.offset("offset"),
              in.text("value"),
              in.flag("committedOnly", true));
      case MOVED -> new Fact.Moved(at, member, in.partition());
      case OFFSET ->
          new Fact.OffsetSent(
              at,
              member,
              in.text("transaction"),
              in.text("group", ""),
              in.partition(),
              in.offset("offset"));
      case COMMITTING -> new Fact.TransactionEnding(at, member, in.text("transaction"), true);
      case ABORTING -> new Fact.TransactionEnding(at, member, in.text("transaction"), false);
      case TRANSACTION ->
          new Fact.TransactionEnded(
              at,
              member,
              in.text("transaction"),
              in.oneOf("outcome", List.of("committed", "aborted", "unknown")));
      default -> throw new AssertionError("unknown event " + kind);
    };
  }

  private static Stamp stamp(Fields in) {
    return new Stamp(in.integer("leaderEpoch", -1), in.integer("timestamp", -1L));
  }

  private static Fact sent(Fields in, long at, Member member) {
    Fact.Outcome outcome =
        in.has("outcome")
            ? in.oneOf("outcome", List.of("ok", "failed", "unknown"))
            : Fact.Outcome.OK;
    long offset = in.integer("offset", -1L);
    if (outcome == Fact.Outcome.OK && offset < 0) {
      throw new Wrong("a send that was acknowledged needs its offset, 0 or more");
    }
    return new Fact.Sent(
        at,
        member,
        in.text("transaction", ""),
        in.integer("number", -1L),
        in.sentTo(),
        outcome == Fact.Outcome.OK ? offset : -1,
        in.text("value"),
        outcome);
  }

  /** A line with something wrong in it. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }
}
