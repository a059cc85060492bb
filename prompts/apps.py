from django.apps import AppConfig


class PromptsConfig(AppConfig):
    name = "prompts"

    def ready(self) -> None:
        from couples import lifecycle
        from prompts import moving
        from prompts.library import library

        library("en")
        lifecycle.on_pairing.append(moving.carry)
        lifecycle.on_shredding.append(moving.forget)
