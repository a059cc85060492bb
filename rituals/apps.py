from django.apps import AppConfig


class RitualsConfig(AppConfig):
    name = "rituals"

    def ready(self) -> None:
        from couples import lifecycle as couple
        from rituals import lifecycle, outbox

        couple.on_pairing.append(lifecycle.carry_over)
        couple.on_closing.append(outbox.silence)
        couple.on_shredding.append(lifecycle.forget)
