"""Leeway on one machine, without containers: engines, supervisor, doctor.

Nothing in here imports Django, so that it can speak up when Django cannot start.
"""
