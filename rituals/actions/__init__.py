from rituals.actions import address, circle, mine, plan

__all__ = ["address", "circle", "mine", "plan"]
