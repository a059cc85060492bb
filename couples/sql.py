"""What Django cannot declare: foreign keys that include the couple, so no row points abroad."""

from django.db import migrations


def points_home(table: str, column: str, target: str) -> migrations.RunSQL:
    """(couple_id, column) of a table must be (couple_id, id) of its target."""
    name = f"{table}_{column}_home_fk"
    return migrations.RunSQL(
        f'alter table "{table}" add constraint "{name}" '
        f'foreign key (couple_id, "{column}") references "{target}" (couple_id, id) '
        "on delete cascade deferrable initially deferred",
        f'alter table "{table}" drop constraint "{name}"',
    )


def belongs_to_couple(table: str) -> migrations.RunSQL:
    name = f"{table}_couple_fk"
    return migrations.RunSQL(
        f'alter table "{table}" add constraint "{name}" foreign key (couple_id) '
        'references "couples_couple" (id) on delete cascade deferrable initially deferred',
        f'alter table "{table}" drop constraint "{name}"',
    )


def written(table: str) -> list[migrations.RunSQL]:
    """A row with an author: both its couple and its author are of this couple."""
    return [belongs_to_couple(table), points_home(table, "author_id", "couples_member")]
