package dev.rollbackbot.sandbox.git;

import static dev.rollbackbot.sandbox.git.Step.Author.AIKO;
import static dev.rollbackbot.sandbox.git.Step.Author.BEN;
import static dev.rollbackbot.sandbox.git.Step.Author.MARIA;
import static dev.rollbackbot.sandbox.git.Step.Author.REN;

import java.util.List;
import java.util.stream.Stream;

/**
 * The life of k-back: a FastAPI service for welfare offices, 10 to 22 November 2026, oldest first.
 *
 * <p>Every byte below goes into the hashes. Whoever changes something must search new nonces for
 * that step and all later ones that have one (28 bits each, a minute of SHA-1); the test names the
 * hashes that are wanted.
 */
final class History {
  static final String CLEANED = "cleaned";
  static final String RELEASE_1_3 = "release-1.3";
  static final String RELEASE_1_4 = "release-1.4";
  static final String CANNOT_START = "cannot-start";
  static final String GOOD = "good";
  static final String SICK_LIVE = "sick-live";
  static final String HOTFIX = "hotfix";
  static final String CSV = "csv";

  private static final String REMINDER = "reminder";
  private static final String BEFORE_CSV = "before-csv";
  private static final String PLANS = "app/plans.py";
  private static final String BATCH = "app/batch.py";
  private static final String MAIN = "app/main.py";

  private History() {}

  static List<Step> steps() {
    return Stream.of(firstWeek(), reminders(), secondWeek(), sinceGood(), besides())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Step> firstWeek() {
    return List.of(
        Step.by(AIKO, "10T09:12", "k-back を FastAPI で作り始める")
            .write("README.md", "# k-back\n\n個別支援計画のサーバー\n")
            .write("requirements.txt", "fastapi\nuvicorn\n")
            .write(MAIN, "from fastapi import FastAPI\n\napp = FastAPI(title=\"k-back\")\n"),
        Step.by(BEN, "10T11:40", "Run uvicorn as a plain user in the image")
            .write(
                "Dockerfile",
                """
                FROM python:3.13-slim
                COPY . /srv
                RUN pip install -r /srv/requirements.txt && useradd app
                USER app
                CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8080"]
                """),
        Migration.in(
                Step.by(AIKO, "10T15:05", "Alembic を入れ、事業所の表を作る"),
                "5a1e0c3b7d21",
                "",
                "create_offices",
                "op.create_table(\"offices\", sa.Column(\"id\", sa.Integer, primary_key=True))",
                "op.drop_table(\"offices\")")
            .write("alembic.ini", "[alembic]\nscript_location = alembic\n")
            .append("requirements.txt", "alembic\nsqlalchemy\n"),
        Step.by(REN, "10T17:31", "Answer /healthz without touching the database")
            .append(
                MAIN, "\n\n@app.get(\"/healthz\")\ndef healthz():\n    return {\"ok\": True}\n"),
        Migration.in(
            Step.by(MARIA, "11T10:02", "Keep users, one row per e-mail address"),
            "8c44f0d1a9e6",
            "5a1e0c3b7d21",
            "create_users",
            "op.create_table(\"users\", sa.Column(\"email\", sa.String, primary_key=True))",
            "op.drop_table(\"users\")"),
        Step.by(REN, "11T13:48", "ログインの期限を 12 時間にする")
            .write("app/session.py", "MAX_AGE_SECONDS = 12 * 60 * 60\n"),
        Step.by(BEN, "11T16:20", "Test before the image is built")
            .write(
                "cloudbuild.yml",
                """
                steps:
                  - name: python:3.13-slim
                    args: [python, -m, pytest]
                  - name: gcr.io/cloud-builders/docker
                    args: [build, -t, k-back, .]
                """),
        Step.by(AIKO, "12T09:30", "支援計画の一覧を返す")
            .write(PLANS, "def plans(db, office):\n    return db.plans(office=office)\n")
            .nonce("046e0519"),
        Step.by(MARIA, "12T11:15", "Hide the plans of other offices behind a 404")
            .append(PLANS, "\n\ndef visible(plan, office):\n    return plan.office == office\n"),
        Migration.in(
            Step.by(AIKO, "12T14:50", "支援計画の表を作る"),
            "b7e2910fd35c",
            "8c44f0d1a9e6",
            "create_plans",
            "op.create_table(\"plans\", sa.Column(\"id\", sa.Integer, primary_key=True))",
            "op.drop_table(\"plans\")"),
        Step.by(REN, "12T18:05", "一覧を 50 件ずつに分ける").append(PLANS, "\n\nPAGE = 50\n").named(CLEANED),
        Step.by(BEN, "13T10:10", "Release 1.3.0")
            .append("README.md", "\n1.3.0: 支援計画の一覧\n")
            .named(RELEASE_1_3));
  }

  private static List<Step> reminders() {
    return List.of(
        Step.by(MARIA, "13T13:22", "Mail the office when a plan is due in 30 days")
            .write("app/notify.py", "DUE_DAYS = 30\n"),
        Step.by(MARIA, "13T15:02", "Leave out offices that asked for no mail")
            .append("app/notify.py", "\n\ndef wanted(office):\n    return office.mail\n")
            .named(REMINDER),
        Step.by(REN, "13T16:45", "セッションの鍵を毎週変える")
            .after(RELEASE_1_3)
            .append("app/session.py", "KEY_DAYS = 7\n"),
        Step.by(AIKO, "13T18:20", "夜間バッチの骨組みを置く")
            .write(
                BATCH,
                "def run(offices):\n    for office in offices:\n        office.close_day()\n"),
        Step.by(BEN, "14T10:00", "Merge branch 'feature/reminder-mail'")
            .merging(REMINDER)
            .write(
                "app/notify.py",
                "DUE_DAYS = 30\n\n\ndef wanted(office):\n    return office.mail\n"),
        Step.by(REN, "14T11:30", "メールの送信を三回まで繰り返す").append("app/notify.py", "\n\nTRIES = 3\n"));
  }

  private static List<Step> secondWeek() {
    return List.of(
        Step.by(BEN, "16T09:15", "Tag images with the commit they were built from")
            .append("cloudbuild.yml", "images: [\"k-back:$SHORT_SHA\", \"k-back:latest\"]\n"),
        Step.by(MARIA, "16T10:48", "Log the office with every request")
            .append(MAIN, "\n\nLOG_FIELDS = [\"office\"]\n"),
        Step.by(AIKO, "16T13:05", "計画の写しを作れるようにする")
            .append(PLANS, "\n\ndef copy(plan):\n    return plan.clone(signed=False)\n"),
        Step.by(BEN, "16T15:37", "Give the database pool ten connections")
            .write("app/db.py", "POOL_SIZE = 10\n")
            .nonce("016d1186"),
        Step.by(REN, "16T17:50", "署名済みの計画を変えられないようにする")
            .append(PLANS, "\n\ndef writable(plan):\n    return not plan.signed\n"),
        Migration.in(
            Step.by(AIKO, "17T09:25", "夜間バッチの記録を残す"),
            "e19d6a72c0b8",
            "b7e2910fd35c",
            "create_batch_runs",
            "op.create_table(\"batch_runs\", sa.Column(\"id\", sa.Integer, primary_key=True))",
            "op.drop_table(\"batch_runs\")"),
        Step.by(BEN, "17T11:12", "Read every setting from the environment at import")
            .write("app/settings.py", "import os\n\nREGION = os.environ[\"K_BACK_REGION\"]\n")
            .append(MAIN, "\nfrom app import settings  # noqa: E402\n")
            .named(CANNOT_START),
        Step.by(BEN, "17T11:58", "Give every setting a default, so that the service starts without")
            .write(
                "app/settings.py",
                "import os\n\nREGION = os.environ.get(\"K_BACK_REGION\", \"asia-northeast1\")\n"),
        Step.by(MARIA, "17T14:40", "Close sessions on the server as well at logout")
            .append("app/session.py", "REVOKE_AT_LOGOUT = True\n"),
        Step.by(REN, "17T16:33", "事業所の名前で並べ替える").append(PLANS, "\n\nORDER = \"office_name\"\n"),
        Step.by(AIKO, "18T09:20", "Release 1.4.0")
            .append("README.md", "1.4.0: 締め日の通知と写し\n")
            .named(RELEASE_1_4),
        Step.by(BEN, "18T10:44", "Pin the base image by its digest")
            .append("Dockerfile", "# pinned in the build\n")
            .nonce("12079e80"),
        Step.by(MARIA, "18T13:30", "Stop the batch when a single office takes ten minutes")
            .append(BATCH, "\n\nLIMIT_SECONDS = 600\n"),
        Step.by(AIKO, "18T16:40", "夜間バッチを事業所ごとに分けて走らせる")
            .append(BATCH, "\n\ndef split(offices):\n    return [[office] for office in offices]\n")
            .named(GOOD)
            .nonce("02125393"));
  }

  private static List<Step> sinceGood() {
    return List.of(
        Step.by(BEN, "19T10:05", "Count the plans of all offices in one query")
            .append(PLANS, "\n\ndef counts(db):\n    return db.count_by(\"office\")\n")
            .named(BEFORE_CSV),
        Migration.in(
            Step.by(MARIA, "19T14:15", "Keep the history of every plan"),
            "3f80b5ce1d94",
            "e19d6a72c0b8",
            "create_plan_revisions",
            "op.create_table(\"plan_revisions\", sa.Column(\"plan_id\", sa.Integer))",
            "op.drop_table(\"plan_revisions\")"),
        Step.by(REN, "20T09:50", "締め日を日本時間で数える")
            .append(BATCH, "\n\nZONE = \"Asia/Tokyo\"\n")
            .nonce("0156fc86"),
        Migration.in(
            Step.by(AIKO, "20T15:20", "記録に計画の番号を必須にする"),
            "a6d7124e9b03",
            "3f80b5ce1d94",
            "require_plan_id",
            "op.alter_column(\"plan_revisions\", \"plan_id\", nullable=False)",
            "pass"),
        Step.by(BEN, "21T11:08", "Take the plan's number straight from the request")
            .append(
                PLANS,
                "\n\ndef record(db, payload):\n    return db.revise(payload[\"plan_id\"])\n"),
        Step.by(MARIA, "21T17:58", "Show who changed a plan last on the dashboard")
            .append(MAIN, "\n\nDASHBOARD = [\"changed_by\"]\n")
            .named(SICK_LIVE)
            .nonce("14e1624c"));
  }

  private static List<Step> besides() {
    return List.of(
        Step.by(REN, "22T03:40", "計画の番号がない依頼を 422 で断る")
            .after(SICK_LIVE)
            .append(PLANS, "\n\ndef checked(payload):\n    return payload.get(\"plan_id\")\n")
            .named(HOTFIX),
        // Not on main, and a subject that must never notify anybody when it is shown.
        Step.by(
                BEN,
                "20T18:30",
                "Export plans as CSV <!channel> *now* & <https://x.example|here> 🚀")
            .after(BEFORE_CSV)
            .write("app/export.py", "COLUMNS = [\"office\", \"plan\"]\n")
            .named(CSV));
  }
}
