package dev.rollbackbot;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall.Predicates;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who may import whom. A package that has no classes yet breaks no rule; a new one must be named
 * here.
 */
@AnalyzeClasses(packages = "dev.rollbackbot", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.rollbackbot";
  private static final String DOMAIN = ROOT + ".domain..";
  private static final String TEXT = ROOT + ".text..";
  private static final String PORT = ROOT + ".port..";
  private static final String ENGINE = ROOT + ".engine..";
  private static final String FRONT = ROOT + ".front..";
  private static final String DESK = ROOT + ".desk..";
  private static final String DRIVER = ROOT + ".driver..";
  private static final String WATCH = ROOT + ".watch..";
  private static final String CARE = ROOT + ".care..";
  private static final String SLACK = ROOT + ".slack..";
  private static final String GCP = ROOT + ".gcp..";
  private static final String GIT = ROOT + ".git..";
  private static final String TERMINAL = ROOT + ".terminal..";
  private static final String STATISTICS = ROOT + ".statistics..";
  private static final String CHART = ROOT + ".chart..";
  private static final String SANDBOX = ROOT + ".sandbox..";

  private static final Set<String> JAVA_BASE = Object.class.getModule().getPackages();

  /** Config, Wiring and Main stand in the root and may import everything; nothing imports them. */
  @ArchTest
  static final ArchRule everyPackageIsNamedHere =
      classes()
          .should()
          .resideInAnyPackage(
              ROOT,
              DOMAIN,
              TEXT,
              PORT,
              ENGINE,
              FRONT,
              DESK,
              DRIVER,
              WATCH,
              CARE,
              SLACK,
              GCP,
              GIT,
              TERMINAL,
              STATISTICS,
              CHART,
              SANDBOX);

  @ArchTest
  static final ArchRule domainImportsOnlyJavaBase =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat(
              are(
                  resideInAnyPackage(DOMAIN, "org.jspecify.annotations..")
                      .or(describe("in java.base", ArchitectureTest::isInJavaBase))));

  @ArchTest
  static final ArchRule domainDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              // java.nio.charset is no I/O: a fingerprint is made of bytes.
              are(
                  resideInAnyPackage("java.io..", "java.net..", "java.nio..")
                      .and(DescribedPredicate.not(resideInAPackage("java.nio.charset..")))));

  @ArchTest
  static final ArchRule domainIsGivenTheTimeAndReadsNothingOfItsSurroundings =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Clock.class,
              InstantSource.class,
              System.class,
              Runtime.class,
              Thread.class,
              TimeZone.class,
              UUID.class)
          .orShould()
          .callMethodWhere(
              Predicates.target(name("now"))
                  .and(Predicates.target(owner(resideInAPackage("java.time..")))));

  @ArchTest static final ArchRule text = only(TEXT, DOMAIN);
  @ArchTest static final ArchRule port = only(PORT, DOMAIN, TEXT);
  @ArchTest static final ArchRule engine = only(ENGINE, PORT, TEXT, DOMAIN);
  @ArchTest static final ArchRule front = only(FRONT, PORT, TEXT, DOMAIN);
  @ArchTest static final ArchRule desk = only(DESK, ENGINE, PORT, TEXT, DOMAIN);
  @ArchTest static final ArchRule driver = only(DRIVER, ENGINE, PORT, TEXT, DOMAIN);
  @ArchTest static final ArchRule watch = only(WATCH, ENGINE, PORT, TEXT, DOMAIN);
  @ArchTest static final ArchRule care = only(CARE, ENGINE, PORT, TEXT, DOMAIN);

  @ArchTest
  static final ArchRule slack =
      only(
          SLACK,
          PORT,
          TEXT,
          DOMAIN,
          "com.slack.api..",
          "com.google.gson..",
          "com.fasterxml.jackson..",
          "okhttp3..",
          "javax.servlet..",
          "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule gcp =
      only(GCP, PORT, TEXT, DOMAIN, "com.google..", "io.grpc..", "com.fasterxml.jackson..");

  @ArchTest static final ArchRule git = only(GIT, PORT, TEXT, DOMAIN, "org.eclipse.jgit..");

  @ArchTest
  static final ArchRule terminal =
      only(TERMINAL, PORT, TEXT, DOMAIN, "picocli..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule statistics = only(STATISTICS, DOMAIN, "org.apache.commons.statistics..");

  @ArchTest static final ArchRule chart = only(CHART, PORT, DOMAIN, "javax.imageio..");

  @ArchTest
  static final ArchRule onlyChartsDraw =
      noClasses()
          .that()
          .resideOutsideOfPackage(CHART)
          .should()
          .dependOnClassesThat(
              are(
                  resideInAnyPackage("java.awt..", "javax.imageio..")
                      .and(DescribedPredicate.not(name("java.awt.Desktop")))
                      .and(DescribedPredicate.not(name("java.awt.Desktop$Action")))));

  /** The stand-ins share no class with the bot, so a bug cannot agree with itself. */
  @ArchTest
  static final ArchRule sandbox =
      only(
          SANDBOX,
          "com.sun.net.httpserver..",
          "com.google..",
          "io.grpc..",
          "com.fasterxml.jackson..",
          "com.slack.api..",
          "org.eclipse.jgit..");

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesInTheDomain =
      slices().matching(ROOT + ".domain.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesInTheSandbox =
      slices().matching(ROOT + ".sandbox.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  /** The package itself, what is listed, the JDK, the log and the null annotations. */
  private static ArchRule only(String from, String... to) {
    String[] allowed =
        Stream.concat(
                Stream.of(
                    from,
                    "java..",
                    "javax.crypto..",
                    "javax.net..",
                    "org.slf4j..",
                    "org.jspecify.annotations.."),
                Stream.of(to))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .allowEmptyShould(true);
  }

  private static boolean isInJavaBase(JavaClass used) {
    return JAVA_BASE.contains(used.getPackageName());
  }
}
