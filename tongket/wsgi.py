"""The WSGI application that the server and any other WSGI host load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")

application = get_wsgi_application()
