package dev.rollbackbot.sandbox.logging;

import static dev.rollbackbot.sandbox.grpc.Refusals.invalid;

import com.google.logging.v2.ListLogEntriesRequest;
import com.google.logging.v2.ListLogEntriesResponse;
import com.google.logging.v2.LogEntry;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The stored entries, at most 100,000 (the oldest go first), and the reading of them. Thread-safe.
 *
 * <p>Source: comments on {@code ListLogEntriesRequest} and {@code LogEntry.insert_id} in the protos
 * of logging-v2 3.34.0: sorted by timestamp then insert id, page size at most 1,000 (more is
 * refused), and entries with the same log, time and insert id are one.
 */
final class Entries {
  static final int MAX_ENTRIES = 100_000;

  private static final int STANDARD_PAGE = 50;
  private static final int LARGEST_PAGE = 1_000;
  private static final Comparator<LogEntry> OLDEST_FIRST =
      Comparator.comparing(LogEntry::getTimestamp, Timestamps::compare)
          .thenComparing(LogEntry::getInsertId);

  private record Stored(LogEntry entry, Instant visibleFrom) {}

  private record Identity(String log, Timestamp time, String insertId) {}

  private final Deque<Stored> stored = new ArrayDeque<>();

  synchronized void add(LogEntry entry, Instant visibleFrom) {
    if (stored.size() == MAX_ENTRIES) {
      stored.removeFirst();
    }
    stored.addLast(new Stored(entry, visibleFrom));
  }

  synchronized int size() {
    return stored.size();
  }

  ListLogEntriesResponse list(ListLogEntriesRequest request, Instant now) {
    int size = request.getPageSize();
    if (size < 0 || size > LARGEST_PAGE) {
      throw invalid("page_size is 1 to 1000, it was " + size);
    }
    Comparator<LogEntry> order = order(request.getOrderBy());
    Predicate<LogEntry> wanted = FilterParser.parse(request.getFilter());
    if (!request.getPageToken().isEmpty()) {
      LogEntry last = readToken(request);
      wanted = wanted.and(entry -> order.compare(entry, last) > 0);
    }
    List<LogEntry> matching = matching(wanted, now);
    matching.sort(order);
    int end = Math.min(matching.size(), size == 0 ? STANDARD_PAGE : size);
    List<LogEntry> page = matching.subList(0, end);
    return ListLogEntriesResponse.newBuilder()
        .addAllEntries(page)
        .setNextPageToken(end < matching.size() ? token(request, page.getLast()) : "")
        .build();
  }

  private List<LogEntry> matching(Predicate<LogEntry> wanted, Instant now) {
    Set<Identity> seen = new HashSet<>();
    List<LogEntry> matching = new ArrayList<>();
    for (Stored each : snapshot()) {
      LogEntry entry = each.entry();
      if (!each.visibleFrom().isAfter(now)
          && wanted.test(entry)
          && seen.add(
              new Identity(entry.getLogName(), entry.getTimestamp(), entry.getInsertId()))) {
        matching.add(entry);
      }
    }
    return matching;
  }

  private synchronized List<Stored> snapshot() {
    return List.copyOf(stored);
  }

  private static Comparator<LogEntry> order(String orderBy) {
    return switch (orderBy.strip().toLowerCase(Locale.ROOT)) {
      case "", "timestamp asc", "timestamp" -> OLDEST_FIRST;
      case "timestamp desc" -> OLDEST_FIRST.reversed();
      default -> throw invalid("order_by is timestamp asc or timestamp desc, not " + orderBy);
    };
  }

  // The token names the last entry that was given, so entries that come in meanwhile shift nothing.
  private static String token(ListLogEntriesRequest request, LogEntry last) {
    String plain =
        question(request)
            + "|"
            + Timestamps.toString(last.getTimestamp())
            + "|"
            + last.getInsertId();
    return Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static LogEntry readToken(ListLogEntriesRequest request) {
    try {
      byte[] plain = Base64.getUrlDecoder().decode(request.getPageToken());
      String[] parts = new String(plain, StandardCharsets.UTF_8).split("\\|", 3);
      if (parts.length == 3 && parts[0].equals(question(request))) {
        return LogEntry.newBuilder()
            .setTimestamp(Timestamps.parse(parts[1]))
            .setInsertId(parts[2])
            .build();
      }
    } catch (IllegalArgumentException | ParseException e) {
      throw invalid("page_token cannot be read");
    }
    throw invalid("page_token belongs to another question");
  }

  private static String question(ListLogEntriesRequest request) {
    return Integer.toHexString((request.getFilter() + request.getOrderBy()).hashCode());
  }
}
