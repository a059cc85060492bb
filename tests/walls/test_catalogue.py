"""What PostgreSQL itself holds, read from its catalogue: a new table without it fails here."""

import pytest
from django.apps import apps
from django.db import connection

from couples.tenancy import CoupleOwned, Written

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S34")]
# The columns of one side of a key, in order.
COLUMNS = (
    "(select array_agg(a.attname::text order by k.o) from unnest(c.{side}) with ordinality k(n, o)"
    " join pg_attribute a on a.attrelid = c.{table} and a.attnum = k.n)"
)


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


def tables_with_a_couple() -> set[str]:
    found = rows(
        "select table_name from information_schema.columns"
        " where table_schema = 'public' and column_name = 'couple_id'"
    )
    return {name for (name,) in found}


def owned_models() -> list[type[CoupleOwned]]:
    return [model for model in apps.get_models() if issubclass(model, CoupleOwned)]


def foreign_keys() -> list[tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    mine = COLUMNS.format(side="conkey", table="conrelid")
    theirs = COLUMNS.format(side="confkey", table="confrelid")
    found = rows(
        f"select c.conrelid::regclass::text, c.confrelid::regclass::text, {mine}, {theirs}"
        " from pg_constraint c where c.contype = 'f'"
    )
    return [(table, tuple(near), target, tuple(far)) for table, target, near, far in found]


def unique_keys(table: str) -> list[tuple[str, ...]]:
    found = rows(
        "select array_agg(a.attname::text order by k.o) from pg_constraint c,"
        " unnest(c.conkey) with ordinality k(n, o), pg_attribute a"
        " where c.contype in ('u', 'p') and c.conrelid = %s::regclass"
        " and a.attrelid = c.conrelid and a.attnum = k.n group by c.oid",
        table,
    )
    return [tuple(columns) for (columns,) in found]


def test_the_models_and_the_tables_agree_on_what_is_a_couples():
    assert tables_with_a_couple() == {model._meta.db_table for model in owned_models()}


def test_every_row_of_a_couple_can_be_pointed_at_together_with_its_couple():
    lacking = [
        table for table in tables_with_a_couple() if ("couple_id", "id") not in unique_keys(table)
    ]
    assert lacking == []


def test_every_row_of_a_couple_is_held_to_an_existing_couple():
    held = {
        table
        for table, mine, target, _ in foreign_keys()
        if target == "couples_couple" and mine == ("couple_id",)
    }
    assert tables_with_a_couple() - held == set()


def test_no_key_points_out_of_the_couple():
    owned = tables_with_a_couple()
    astray = [
        (table, mine, target)
        for table, mine, target, theirs in foreign_keys()
        if table in owned and target in owned
        if mine[0] != "couple_id" or theirs[0] != "couple_id" or theirs[1] != "id"
    ]
    assert astray == []


def test_every_column_that_names_a_couples_row_is_a_key():
    """Django's own idea of the relations, each backed by a composite key in PostgreSQL."""
    held = {(table, mine[-1] if len(mine) == 2 else mine) for table, mine, _, _ in foreign_keys()}
    composite = {(table, mine[1]) for table, mine, _, _ in foreign_keys() if len(mine) > 1}
    lacking = [
        (model._meta.db_table, field.column)
        for model in owned_models()
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, CoupleOwned)
        if (model._meta.db_table, field.column) not in composite
    ]
    assert held
    assert lacking == []


def test_every_author_is_of_the_couple():
    keys = foreign_keys()
    lacking = [
        model._meta.db_table
        for model in owned_models()
        if issubclass(model, Written)
        if (
            model._meta.db_table,
            ("couple_id", "author_id"),
            "couples_member",
            ("couple_id", "id"),
        )
        not in keys
    ]
    assert lacking == []


@pytest.mark.safety("S26")
def test_words_have_no_column_to_stand_in_the_clear():
    """Text columns of couples' tables are short codes; everything longer is `sealed`."""
    found = rows(
        "select table_name, column_name, data_type, character_maximum_length"
        " from information_schema.columns where table_schema = 'public'"
        " and data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY')"
    )
    owned = tables_with_a_couple()
    wide = [
        f"{table}.{column}"
        for table, column, kind, length in found
        if table in owned and (kind != "character varying" or length > 64)
    ]
    assert wide == []


@pytest.mark.safety("S7")
def test_a_person_sits_in_one_couple_at_a_time():
    (definition,) = rows(
        "select indexdef from pg_indexes where indexname = 'one_active_couple_a_person'"
    )
    assert "UNIQUE" in definition[0]
    assert "(user_id) WHERE (left_at IS NULL)" in definition[0]
