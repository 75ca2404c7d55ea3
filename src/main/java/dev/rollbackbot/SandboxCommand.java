package dev.rollbackbot;

import dev.rollbackbot.domain.command.CommandHelp;
import dev.rollbackbot.sandbox.Sandbox;
import dev.rollbackbot.sandbox.SandboxControls;
import dev.rollbackbot.sandbox.page.PageServer;
import dev.rollbackbot.sandbox.story.Story;
import dev.rollbackbot.sandbox.story.StoryFailed;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens the sandbox's page, or plays a story in it and ends. */
@Command(
    name = "sandbox",
    description = "everything on this machine alone: a page to try it, or --play a story")
final class SandboxCommand implements Callable<Integer> {
  @Option(names = "--port", description = "of the page; 0 takes a free one", defaultValue = "0")
  private int port;

  @Option(names = "--no-browser", description = "only print the page's address")
  private boolean noBrowser;

  @Option(names = "--language", description = "ja or en", defaultValue = "")
  private String language = "";

  @Option(
      names = "--play",
      description = "a story, without a page: rollback, undo, newest, …",
      defaultValue = "")
  private String play = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Locale locale = Locale.of(language.isEmpty() ? "ja" : language);
    Optional<Story> story = Story.named(play);
    if (!play.isEmpty() && story.isEmpty()) {
      System.err.println("no story " + play + "; there are: " + Story.names());
      return 2;
    }
    Path folder = Files.createTempDirectory("rollback-bot-sandbox");
    try (Sandbox sandbox = Sandbox.start(folder, out);
        SandboxBot bot =
            SandboxBot.start(sandbox, folder, locale, story.map(Story::policy).orElse("confirm"))) {
      if (story.map(Story::needsWorker).orElse(true)) {
        bot.startWorker();
      }
      return story.isPresent()
          ? played(story.get(), sandbox, bot, out)
          : opened(sandbox, bot, locale, out);
    } finally {
      delete(folder);
    }
  }

  private static int played(Story story, Sandbox sandbox, SandboxBot bot, PrintStream out) {
    long start = System.nanoTime();
    try {
      story.play(sandbox, bot, out);
      out.printf("%s: ok, %.1f s%n", story.id(), (System.nanoTime() - start) / 1e9);
      return 0;
    } catch (StoryFailed | IllegalStateException e) {
      out.println(story.id() + ": FAILED: " + e.getMessage());
      return 1;
    }
  }

  private int opened(Sandbox sandbox, SandboxBot bot, Locale locale, PrintStream out)
      throws IOException, InterruptedException {
    try (PageServer page =
        PageServer.start(
            port,
            sandbox.workspace(),
            sandbox.slack(),
            new SandboxControls(sandbox, bot),
            SandboxCommand::hints)) {
      String address = page.address() + "?language=" + locale.getLanguage();
      out.println(
          locale.getLanguage().equals("ja")
              ? "サンドボックスを開きました: " + address + "  (Ctrl-C で終了)"
              : "The sandbox is open: " + address + "  (Ctrl-C ends it)");
      if (!noBrowser) {
        Browser.open(address);
      }
      var told = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(told::countDown));
      told.await();
      return 0;
    }
  }

  private static List<String> hints(String typed) {
    return CommandHelp.rows().stream()
        .map(CommandHelp.Row::example)
        .filter(example -> example.startsWith(typed))
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
