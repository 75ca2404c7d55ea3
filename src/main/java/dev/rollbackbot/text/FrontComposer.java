package dev.rollbackbot.text;

import dev.rollbackbot.domain.command.Command;
import dev.rollbackbot.domain.command.CommandHelp;
import dev.rollbackbot.domain.command.InSteps;
import dev.rollbackbot.domain.command.Target;
import dev.rollbackbot.domain.model.Problem;
import dev.rollbackbot.text.Message.Block;
import dev.rollbackbot.text.Message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is answered at once, before any fact was looked up. */
public final class FrontComposer {
  private FrontComposer() {}

  /** Every word of the grammar, in the order of need at night. */
  public static Message help(Locale locale) {
    return help(locale, Typing.CHAT);
  }

  /** Every word of the grammar, as it is typed there. */
  public static Message help(Locale locale, Typing typing) {
    Texts texts = Texts.of(locale);
    var words = new ArrayList<Part>();
    var examples = new ArrayList<Part>();
    examples.add(new Part.Literal(texts.get("front.help.examples")));
    for (CommandHelp.Row row : CommandHelp.rows()) {
      if (!words.isEmpty()) {
        words.add(new Part.LineBreak());
      }
      words.add(new Part.Mono(typing.command(row.usage())));
      words.add(new Part.Literal("  " + texts.get("help." + row.key())));
      if (row.usage().contains("<") || row.usage().contains("\"")) {
        examples.add(new Part.LineBreak());
        examples.add(new Part.Mono(typing.here(row.example())));
      }
    }
    Block title = new Block.Heading(texts.get("front.help.title"));
    Block grammar = new Block.Paragraph(words);
    Block example = new Block.Context(examples);
    return new Message(
        texts.get("front.help.title"),
        switch (typing) {
          case CHAT ->
              List.of(
                  title,
                  paragraph(texts.get("front.help.bare")),
                  grammar,
                  example,
                  new Block.Context(List.of(new Part.Literal(texts.get("front.help.mention")))));
          case TERMINAL -> List.of(title, grammar, resume(texts), example);
        });
  }

  /** Only at a terminal can a rollback lose the one who drives it. */
  private static Block resume(Texts texts) {
    return new Block.Paragraph(
        List.of(
            new Part.Mono(Typing.TERMINAL.command("resume [service]")),
            new Part.Literal("  " + texts.get("help.resume"))));
  }

  /** The request was taken; and what to do where no card comes of it. */
  public static Message looking(Command command, String service, Locale locale) {
    Texts texts = Texts.of(locale);
    var values = Map.of("subject", subject(command), "service", service);
    String key =
        switch (command) {
          case Command.Rollback _ -> "front.looking.rollback";
          case Command.ListTargets _ -> "front.looking.list";
          case Command.Status _, Command.History _, Command.Help _ -> "front.looking.read";
          case Command.Stop _,
              Command.Undo _,
              Command.Keep _,
              Command.Newest _,
              Command.GoOn _,
              Command.Hold _,
              Command.Wait _ ->
              "front.looking.act";
        };
    String looking = texts.get(key, values);
    return new Message(
        looking,
        List.of(
            paragraph(looking),
            new Block.Context(
                List.of(
                    new Part.Literal(texts.get("front.looking.otherwise") + " "),
                    new Part.Mono(terminal(command, service))))));
  }

  /** A problem of the request, with the command that needs neither Slack nor the workers. */
  public static Message trouble(Problem problem, String terminal, Locale locale) {
    Message message = ProblemComposer.compose(problem, locale);
    var blocks = new ArrayList<>(message.blocks());
    blocks.add(
        new Block.Context(
            List.of(
                new Part.Literal(Texts.of(locale).get("front.terminal") + " "),
                new Part.Mono(terminal))));
    return new Message(message.summary(), blocks);
  }

  /** The same request for a terminal. */
  public static String terminal(Command command, String service) {
    return Typing.TERMINAL.command(words(command) + " " + service);
  }

  private static String words(Command command) {
    return switch (command) {
      case Command.Rollback(Target target, _, _, var route, var steps) ->
          (steps.isPresent() ? "canary " : "")
              + target.typed()
              + route.map(way -> " --route " + way.word()).orElse("")
              + steps.map(InSteps::typed).orElse("");
      case Command.ListTargets _ -> "list";
      case Command.Status _ -> "status";
      case Command.History _ -> "history";
      case Command.Stop _ -> "stop";
      case Command.Undo _ -> "undo";
      case Command.Keep _ -> "keep";
      case Command.Newest _ -> "newest";
      case Command.GoOn _ -> "go-on";
      case Command.Hold _ -> "hold";
      case Command.Wait _ -> "wait";
      case Command.Help _ -> "help";
    };
  }

  private static String subject(Command command) {
    return command instanceof Command.Rollback(Target target, _, _, _, _)
        ? shortened(target)
        : words(command);
  }

  private static String shortened(Target target) {
    return target instanceof Target.Commit(var sha) ? sha.abbreviated() : target.typed();
  }

  private static Block paragraph(String text) {
    return new Block.Paragraph(List.of(new Part.Literal(text)));
  }
}
