from django.db import migrations

from couples.sql import belongs_to_couple, points_home, written


class Migration(migrations.Migration):
    dependencies = [("couples", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "create function app_now() returns timestamptz language sql volatile as $$"
            " select clock_timestamp()"
            " + coalesce((select shift from couples_clockshift limit 1), interval '0') $$",
            "drop function app_now()",
        ),
        migrations.RunSQL(
            "create table if not exists django_cache (cache_key varchar(255) primary key,"
            " value text not null, expires timestamptz not null);"
            " create index if not exists django_cache_expires on django_cache (expires)",
            "drop table django_cache",
        ),
        belongs_to_couple("couples_member"),
        *written("couples_invitation"),
        *written("couples_agreementversion"),
        *written("couples_comfortcard"),
        belongs_to_couple("couples_agreementtap"),
        points_home("couples_agreementtap", "author_id", "couples_member"),
        points_home("couples_agreementtap", "version_id", "couples_agreementversion"),
    ]
