import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.static import StaticFirst
from prompts.coach.pack import pack

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = StaticFirst(get_wsgi_application())


def load_packs() -> None:
    """A broken one stops the start, and nobody's first reply waits for any."""
    for language, _ in settings.LANGUAGES:
        pack(language)


load_packs()
