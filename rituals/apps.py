from django.apps import AppConfig


class RitualsConfig(AppConfig):
    name = "rituals"

    def ready(self) -> None:
        from couples import lifecycle as couple
        from prompts.queries import beside, kept
        from rituals import lifecycle, outbox, queries, soon

        couple.on_pairing.append(lifecycle.carry_over)
        couple.on_closing.append(outbox.silence)
        couple.on_shredding.append(lifecycle.forget)
        kept.more.append(queries.kept_notes)
        beside.beside["circle"] = soon.circle
