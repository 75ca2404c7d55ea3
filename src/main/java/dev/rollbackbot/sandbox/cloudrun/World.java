package dev.rollbackbot.sandbox.cloudrun;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** What the services of one model have in common. */
final class World {

  final ModelSettings settings;
  final ImageResolver images;
  final UrlScheme urls;
  final Random random;
  final Agenda agenda = new Agenda();
  final Set<String> brokenDigests = new HashSet<>();
  final Operations operations;

  World(ModelSettings settings, ImageResolver images, UrlScheme urls, Random random) {
    this.settings = settings;
    this.images = images;
    this.urls = urls;
    this.random = random;
    this.operations = new Operations(this);
  }

  /** Random lowercase letters. */
  String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  /** From the seeded generator, so that a simulation replays. */
  String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
