import os

from django.core.wsgi import get_wsgi_application

from config.static import StaticFirst

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = StaticFirst(get_wsgi_application())
