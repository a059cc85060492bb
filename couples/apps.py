from django.apps import AppConfig


class CouplesConfig(AppConfig):
    name = "couples"

    def ready(self) -> None:
        from couples import cards, checks, leaving, lifecycle, live, session_ends  # noqa: F401

        lifecycle.on_pairing.append(cards.carry)
        lifecycle.on_pairing.append(live.moved)
        lifecycle.on_shredding.append(leaving.forget_rows)
