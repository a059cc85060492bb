from rituals.models.circle import CircleSession
from rituals.models.plan import Occurrence, Ritual, RitualMove
from rituals.models.reminders import Reminder, RitualPart

__all__ = ["CircleSession", "Occurrence", "Reminder", "Ritual", "RitualMove", "RitualPart"]
