import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.safety("S34")]


def test_every_foreign_key_of_a_ritual_table_names_the_couple():
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, array_agg(attname::text order by attname)"
            " from pg_constraint c join pg_attribute a on a.attrelid = conrelid"
            " and a.attnum = any(conkey) where contype = 'f' and conrelid::regclass::text"
            " like 'rituals_%' group by c.oid, conrelid"
        )
        keys = cursor.fetchall()
    assert len(keys) >= 15
    assert all("couple_id" in columns for _, columns in keys)
