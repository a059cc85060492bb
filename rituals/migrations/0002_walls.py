from django.db import migrations

from couples.sql import belongs_to_couple, points_home, written


class Migration(migrations.Migration):
    dependencies = [("rituals", "0001_initial"), ("couples", "0002_walls")]

    operations = [
        belongs_to_couple("rituals_ritual"),
        points_home("rituals_ritual", "planned_by_id", "couples_member"),
        belongs_to_couple("rituals_ritualmove"),
        points_home("rituals_ritualmove", "ritual_id", "rituals_ritual"),
        points_home("rituals_ritualmove", "proposed_by_id", "couples_member"),
        belongs_to_couple("rituals_occurrence"),
        points_home("rituals_occurrence", "ritual_id", "rituals_ritual"),
        *written("rituals_ritualpart"),
        points_home("rituals_ritualpart", "ritual_id", "rituals_ritual"),
        *written("rituals_reminder"),
        points_home("rituals_reminder", "occurrence_id", "rituals_occurrence"),
        *written("rituals_circlesession"),
        points_home("rituals_circlesession", "ritual_id", "rituals_ritual"),
    ]
