package dev.rollbackbot.sandbox.git;

/** An Alembic migration file as a change of a step. */
final class Migration {
  private Migration() {}

  /**
   * Adds {@code alembic/versions/REVISION_SLUG.py} to a step.
   *
   * @param down the revision before, empty for the first
   * @param downgrade one statement; {@code pass} for a migration with no way back
   */
  static Step in(
      Step step, String revision, String down, String slug, String upgrade, String downgrade) {
    String text =
        """
        \"""%s\"""

        import sqlalchemy as sa
        from alembic import op

        revision = "%s"
        down_revision = %s


        def upgrade() -> None:
            %s


        def downgrade() -> None:
            %s
        """
            .formatted(
                slug.replace('_', ' '),
                revision,
                down.isEmpty() ? "None" : '"' + down + '"',
                upgrade,
                downgrade);
    return step.write("alembic/versions/" + revision + "_" + slug + ".py", text);
  }
}
