package dev.rollbackbot.domain;

import dev.rollbackbot.domain.job.Limits;
import dev.rollbackbot.domain.journal.Canary;
import dev.rollbackbot.domain.journal.Ending;
import dev.rollbackbot.domain.journal.JobState;
import dev.rollbackbot.domain.journal.Journal;
import dev.rollbackbot.domain.model.CommitSha;
import dev.rollbackbot.domain.model.Digest;
import dev.rollbackbot.domain.model.ImageRef;
import dev.rollbackbot.domain.model.LiveSplit;
import dev.rollbackbot.domain.model.Revision;
import dev.rollbackbot.domain.model.RevisionName;
import dev.rollbackbot.domain.model.ServiceId;
import dev.rollbackbot.domain.model.ServiceState;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.Template;
import dev.rollbackbot.domain.model.TrafficSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service and a rollback to vary in tests: {@code new} is live and sick, {@code old} is the
 * target, and the rollback was approved at {@link #T0}.
 *
 * <p>Splits are written as people would: {@code LATEST=90 old#preview=10}, the tag after a hash.
 */
public final class Samples {
  public static final Instant T0 = Instant.parse("2026-11-24T03:00:00Z");
  public static final ServiceId K_BACK = new ServiceId("demo-proj", "asia-northeast1", "k-back");
  public static final String UID = "uid-1";
  public static final String JOB = "0123456789abcdef";
  public static final String TAG = "rb-01234567";
  public static final String ME = "w1";
  public static final Limits LIMITS = Limits.defaults();
  public static final RevisionName OLD = new RevisionName("old");
  public static final RevisionName NEW = new RevisionName("new");
  public static final CommitSha OLD_COMMIT =
      new CommitSha("6831359000000000000000000000000000000000");
  public static final CommitSha NEW_COMMIT =
      new CommitSha("930c691000000000000000000000000000000000");
  public static final Digest OLD_DIGEST = digest('a');
  public static final Digest NEW_DIGEST = digest('b');

  private static final Pattern SPACES = Pattern.compile(" +");

  private Samples() {}

  public static Digest digest(char digit) {
    return new Digest("sha256:" + String.valueOf(digit).repeat(64));
  }

  /** Reads {@code LATEST=90 old#preview=10}; an empty text is an empty list. */
  public static TrafficSplit split(String text) {
    var entries = new ArrayList<TrafficSplit.Entry>();
    for (String word : SPACES.split(text.strip(), -1)) {
      if (!word.isEmpty()) {
        int equals = word.indexOf('=');
        int hash = word.indexOf('#');
        String name = word.substring(0, hash < 0 ? equals : hash);
        entries.add(
            new TrafficSplit.Entry(
                name.equals("LATEST") ? Optional.empty() : Optional.of(new RevisionName(name)),
                Integer.parseInt(word.substring(equals + 1)),
                hash < 0 ? Optional.empty() : Optional.of(word.substring(hash + 1, equals))));
      }
    }
    return new TrafficSplit(entries);
  }

  /** Writes what {@link #split} reads. */
  public static String text(TrafficSplit split) {
    var text = new StringBuilder();
    for (TrafficSplit.Entry entry : split.entries()) {
      text.append(text.isEmpty() ? "" : " ")
          .append(entry.revision().map(RevisionName::value).orElse("LATEST"))
          .append(entry.tag().map(tag -> "#" + tag).orElse(""))
          .append('=')
          .append(entry.percent());
    }
    return text.toString();
  }

  /** By names alone: {@code old=90 new=10}. */
  public static LiveSplit live(String text) {
    return split(text).resolve(Optional.empty());
  }

  public static Revision revision(String name, Digest digest, CommitSha label, int daysOld) {
    return new Revision(
        new RevisionName(name),
        new ImageRef("repo/k-back", Optional.empty(), Optional.of(digest)),
        Map.of(Revision.COMMIT_LABEL, label.value()),
        T0.minus(Duration.ofDays(daysOld)),
        true,
        Optional.empty());
  }

  public static Revision old() {
    return revision("old", OLD_DIGEST, OLD_COMMIT, 9);
  }

  public static Revision fresh() {
    return revision("new", NEW_DIGEST, NEW_COMMIT, 1);
  }

  /** A service on which everything follows LATEST, which is {@code new}. */
  public static AService service() {
    return new AService();
  }

  /** A service to vary. */
  public static final class AService {
    private TrafficSplit wanted = split("LATEST=100");
    private Optional<TrafficSplit> observed = Optional.empty();
    private Optional<RevisionName> latest = Optional.of(NEW);
    private Optional<String> failure = Optional.empty();
    private String client = "gcloud";
    private Optional<String> journal = Optional.empty();
    private String etag = "1";
    private String uid = UID;
    private String template = "t1";
    private Settings settings = Settings.none();
    private Map<String, String> marks = Map.of();
    private Optional<RevisionName> created = Optional.empty();

    /** A label or annotation that some tool left. */
    public AService marked(String key, String value) {
      marks = Map.of(key, value);
      return this;
    }

    /** The revision made last, where that is not the newest ready one. */
    public AService deploying(String revision) {
      created = Optional.of(new RevisionName(revision));
      return this;
    }

    public AService wanted(String split) {
      wanted = split(split);
      return this;
    }

    /** What the platform shows, where that is not what is wanted. */
    public AService observed(String split) {
      observed = Optional.of(split(split));
      return this;
    }

    /** A deploy made it last, and it is not ready. */
    public AService created(String revision) {
      created = Optional.of(new RevisionName(revision));
      return this;
    }

    public AService latest(String revision) {
      latest = revision.isEmpty() ? Optional.empty() : Optional.of(new RevisionName(revision));
      return this;
    }

    public AService failing(String why) {
      failure = Optional.of(why);
      return this;
    }

    public AService writtenBy(String newClient) {
      client = newClient;
      return this;
    }

    public AService journal(String text) {
      journal = Optional.of(text);
      return this;
    }

    public AService etag(String text) {
      etag = text;
      return this;
    }

    public AService uid(String text) {
      uid = text;
      return this;
    }

    public AService template(String hash) {
      template = hash;
      return this;
    }

    public AService settings(Settings today) {
      settings = today;
      return this;
    }

    public ServiceState build() {
      List<ServiceState.Served> served =
          observed.orElse(wanted).entries().stream()
              .map(
                  e ->
                      new ServiceState.Served(
                          e.revision().or(() -> latest).orElse(NEW),
                          e.percent(),
                          e.tag(),
                          e.tag().map(tag -> "https://" + tag + "---k-back")))
              .toList();
      return new ServiceState(
          K_BACK,
          uid,
          etag,
          wanted,
          served,
          true,
          failure,
          latest,
          created.or(() -> latest),
          Optional.of("https://k-back"),
          journal,
          client,
          "ken@example.com",
          T0,
          marks,
          new Template(template, ImageRef.parse("repo/k-back@" + NEW_DIGEST.value()), settings));
    }
  }

  /** A rollback from {@code new} to {@code old}, in PREPARING since {@link #T0}, driven by me. */
  public static AJournal job() {
    return new AJournal();
  }

  /** A journal to vary. */
  public static final class AJournal {
    private JobState state = JobState.PREPARING;
    private Ending ending = Ending.NONE;
    private Duration since = Duration.ZERO;
    private Duration until = LIMITS.prepare();
    private String driver = ME;
    private LiveSplit before = Samples.live("new=100");
    private LiveSplit live = Samples.live("new=100");
    private Optional<RevisionName> beforeLatest = Optional.of(NEW);
    private Optional<RevisionName> newest = Optional.of(NEW);
    private boolean probeable = true;
    private int seq = 1;
    private List<Journal.AcceptedOffer> accepted =
        List.of(new Journal.AcceptedOffer(JOB, T0, "U-ann"));
    private String requester = "U-kim";
    private String approver = "U-ann";
    private Optional<String> closer = Optional.empty();
    private Optional<Journal.Redeployment> redeployment = Optional.empty();
    private Optional<Journal.Untold> untold = Optional.empty();
    private Optional<Journal.Card> card = Optional.of(new Journal.Card("C1", "m1"));
    private Optional<Canary> canary = Optional.empty();

    public AJournal actors(String asked, String approved) {
      requester = asked;
      approver = approved;
      return this;
    }

    /** The state since this long after the approval, for so long. */
    public AJournal in(JobState newState, Duration newSince, Duration lasts) {
      state = newState;
      since = newSince;
      until = newSince.plus(lasts);
      return this;
    }

    public AJournal rested(Ending how) {
      in(JobState.OPEN, Duration.ofMinutes(5), Duration.ZERO);
      ending = how;
      live = Samples.live("old=100");
      return this;
    }

    public AJournal closed(Ending how) {
      in(JobState.CLOSED, Duration.ofMinutes(5), Duration.ZERO);
      ending = how;
      return this;
    }

    public AJournal live(String split) {
      live = Samples.live(split);
      return this;
    }

    public AJournal before(String split) {
      before = Samples.live(split);
      beforeLatest = Optional.empty();
      return this;
    }

    public AJournal newest(String revision) {
      newest = Optional.of(new RevisionName(revision));
      return this;
    }

    /** It goes by a new revision, {@code old}; {@code new} held the template before. */
    public AJournal redeploys() {
      redeployment = Optional.of(new Journal.Redeployment(NEW, true, Optional.empty()));
      return this;
    }

    /** Such a one, of which this revision puts the template back. */
    public AJournal restoredBy(String revision) {
      var name = Optional.of(new RevisionName(revision));
      redeployment = Optional.of(new Journal.Redeployment(NEW, true, name));
      newest = name;
      return this;
    }

    public AJournal drivenBy(String worker) {
      driver = worker;
      return this;
    }

    public AJournal unprobeable() {
      probeable = false;
      return this;
    }

    public AJournal seq(int number) {
      seq = number;
      return this;
    }

    public AJournal accepted(List<Journal.AcceptedOffer> offers) {
      accepted = offers;
      return this;
    }

    /** A return from {@code old}, which somebody else had pinned, to {@code new}. */
    public AJournal ofAPin() {
      before = Samples.live("old=100");
      live = before;
      beforeLatest = Optional.empty();
      return this;
    }

    public AJournal closedBy(String person) {
      closer = Optional.of(person);
      return this;
    }

    /** Owes a line since so long after the approval. */
    public AJournal owing(Journal.News news, Duration since) {
      untold = Optional.of(new Journal.Untold(news, T0.plus(since)));
      return this;
    }

    /** Run at a terminal: no chat product knows of it. */
    public AJournal ending(Ending how) {
      ending = how;
      return this;
    }

    public AJournal canary(Canary ladder) {
      canary = Optional.of(ladder);
      return this;
    }

    public AJournal atATerminal() {
      card = Optional.empty();
      return this;
    }

    public Journal build() {
      return new Journal(
          "bot",
          JOB,
          seq,
          UID,
          new Journal.Actors(requester, approver, Optional.empty(), closer),
          accepted,
          before,
          beforeLatest,
          live,
          new Journal.Aim(
              OLD,
              OLD_DIGEST,
              Optional.of(OLD_COMMIT),
              Optional.of(NEW),
              Optional.of(NEW_COMMIT),
              probeable,
              redeployment),
          state,
          ending,
          T0.plus(since),
          T0.plus(until),
          driver,
          new Journal.Times(
              T0.minusSeconds(30),
              T0,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          Journal.Evidence.none(),
          newest,
          untold,
          Journal.Cards.of(card, Locale.ENGLISH),
          canary);
    }
  }
}
