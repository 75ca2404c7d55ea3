package dev.rollbackbot.slack;

import dev.rollbackbot.port.People;
import dev.rollbackbot.port.WorldException;
import dev.rollbackbot.text.Message;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.List;

/**
 * Names the people of a new message without calling them.
 *
 * <p>Slack notifies whoever is mentioned when a message is posted, and nobody when it is edited. A
 * card tells of what people did themselves, so its first version bears their names alone; somebody
 * who cannot be looked up is mentioned after all, rather than not named.
 */
final class QuietNames {
  private final People people;

  QuietNames(People people) {
    this.people = people;
  }

  Message in(Message message) {
    return new Message(message.summary(), message.blocks().stream().map(this::block).toList());
  }

  private Block block(Block block) {
    return switch (block) {
      case Block.Paragraph(List<Part> parts) -> new Block.Paragraph(parts(parts));
      case Block.Context(List<Part> parts) -> new Block.Context(parts(parts));
      case Block.Row(List<Part> parts, Message.Button button) ->
          new Block.Row(parts(parts), button);
      case Block.Heading _, Block.Code _, Block.Buttons _ -> block;
    };
  }

  private List<Part> parts(List<Part> parts) {
    return parts.stream().map(this::part).toList();
  }

  private Part part(Part part) {
    return part instanceof Part.Mention(String id) && Mrkdwn.isUser(id) ? named(id) : part;
  }

  private Part named(String id) {
    try {
      return new Part.Literal("@" + people.find(id).name());
    } catch (WorldException e) {
      return new Part.Mention(id);
    }
  }
}
