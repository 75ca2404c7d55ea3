package dev.rollbackbot.sandbox.pubsub;

import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.rollbackbot.sandbox.grpc.Refusals;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which topics and subscriptions there are. Touched only under the lock of its {@link Broker}. */
final class Directory {
  private static final int MAX_NAMES = 1_000;
  private static final int USUAL_ACK_DEADLINE = 10;

  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Map<String, Subscribed> subscriptions = new LinkedHashMap<>();

  Topic create(Topic topic) {
    requireRoom(topics.size());
    if (topics.putIfAbsent(topic.getName(), topic) != null) {
      throw Refusals.alreadyExists(Names.id(topic.getName()));
    }
    return topic;
  }

  Topic topic(String name) {
    Topic topic = topics.get(name);
    if (topic == null) {
      throw Refusals.notFound(Names.id(name));
    }
    return topic;
  }

  /** Its topic, and the one for dead letters, must exist. */
  Subscription create(Subscription asked) {
    requireRoom(subscriptions.size());
    Names.requireTopic(asked.getTopic());
    var _ = topic(asked.getTopic());
    if (asked.hasDeadLetterPolicy()) {
      String letters = asked.getDeadLetterPolicy().getDeadLetterTopic();
      Names.requireTopic(letters);
      var _ = topic(letters);
    }
    if (subscriptions.containsKey(asked.getName())) {
      throw Refusals.alreadyExists(Names.id(asked.getName()));
    }
    int asks = asked.getAckDeadlineSeconds();
    Subscription made =
        asked.toBuilder()
            .setAckDeadlineSeconds(asks == 0 ? USUAL_ACK_DEADLINE : asks)
            .setState(Subscription.State.ACTIVE)
            .build();
    subscriptions.put(made.getName(), new Subscribed(made));
    return made;
  }

  Subscribed subscription(String name) {
    Names.requireSubscription(name);
    return known(name).orElseThrow(() -> Refusals.notFound(Names.id(name)));
  }

  Optional<Subscribed> known(String name) {
    return Optional.ofNullable(subscriptions.get(name));
  }

  Collection<Subscribed> subscriptions() {
    return subscriptions.values();
  }

  List<Subscribed> of(String topic) {
    return subscriptions.values().stream()
        .filter(each -> each.settings.getTopic().equals(topic))
        .toList();
  }

  private static void requireRoom(int used) {
    if (used >= MAX_NAMES) {
      throw Refusals.exhausted("the stand-in keeps at most " + MAX_NAMES + " names");
    }
  }
}
