from django.db import migrations

from couples.sql import belongs_to_couple, points_home, written

EXCHANGE, DISCLOSURE, REPLY = "prompts_exchange", "prompts_disclosure", "prompts_reply"


class Migration(migrations.Migration):
    dependencies = [("prompts", "0001_initial"), ("couples", "0002_walls")]

    operations = [
        *written(EXCHANGE),
        *written(DISCLOSURE),
        points_home(DISCLOSURE, "exchange_id", EXCHANGE),
        *written(REPLY),
        points_home(REPLY, "disclosure_id", DISCLOSURE),
        points_home(REPLY, "discloser_id", "couples_member"),
        # Whose disclosure it is cannot be told wrongly.
        migrations.RunSQL(
            "alter table prompts_reply add constraint prompts_reply_whose_fk foreign key"
            " (couple_id, disclosure_id, discloser_id) references prompts_disclosure"
            " (couple_id, id, author_id) on delete cascade deferrable initially deferred",
            "alter table prompts_reply drop constraint prompts_reply_whose_fk",
        ),
        *written("prompts_landing"),
        points_home("prompts_landing", "reply_id", REPLY),
        *written("prompts_draft"),
        points_home("prompts_draft", "exchange_id", EXCHANGE),
        points_home("prompts_draft", "disclosure_id", DISCLOSURE),
        belongs_to_couple("prompts_setaside"),
        points_home("prompts_setaside", "author_id", "couples_member"),
        points_home("prompts_setaside", "exchange_id", EXCHANGE),
        *written("prompts_menumemory"),
        *written("prompts_coachchoice"),
    ]
