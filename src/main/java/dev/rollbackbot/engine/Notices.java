package dev.rollbackbot.engine;

import dev.rollbackbot.domain.journal.Journal.Card;
import dev.rollbackbot.domain.report.WatchReport;
import dev.rollbackbot.port.ChatRoom;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.WatchComposer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a service's own channel what others did to it, and the incident channel where asked. */
public final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final ChatRoom chat;
  private final WatchComposer composer;
  private final Map<String, List<Place>> places;

  /** A channel and its language. */
  public record Place(String channel, Locale language) {}

  /**
   * @param places the channels of each service, by its name
   */
  public Notices(ChatRoom chat, WatchComposer composer, Map<String, List<Place>> places) {
    this.chat = chat;
    this.composer = composer;
    this.places = Map.copyOf(places);
  }

  /**
   * Posts to the first of the service's channels that strangers do not read.
   *
   * @throws WorldException when the chat product does not take it
   */
  public void post(WatchReport report) {
    for (Place place : places.getOrDefault(report.service().name(), List.of())) {
      if (!chat.sharedWithOthers(place.channel())) {
        var _ = chat.post(place.channel(), composer.compose(report, place.language()));
        return;
      }
    }
  }

  /** Posts elsewhere, without buttons; a failure is only logged, for the service's own knows. */
  public void postElsewhere(WatchReport report, Optional<String> channel) {
    List<Place> own = places.getOrDefault(report.service().name(), List.of());
    Locale language = own.isEmpty() ? Locale.ENGLISH : own.getFirst().language();
    channel
        .filter(c -> own.stream().noneMatch(place -> place.channel().equals(c)))
        .ifPresent(
            c -> {
              try {
                var _ = chat.post(c, composer.withoutButtons(report, language));
              } catch (WorldException e) {
                LOG.warn("not told in {}: {} {}", c, e.kind(), e.detail());
              }
            });
  }

  /** Replaces what was posted; a failure is only logged. */
  public void replace(Card card, WatchReport report, Locale language) {
    try {
      chat.edit(card, composer.compose(report, language));
    } catch (WorldException e) {
      LOG.warn("not told: {} {}", e.kind(), e.detail());
    }
  }
}
