"""The WSGI application that the server and any other WSGI host load."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from tongket.rules.startup import mistake

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongket.settings")

if said := mistake():
    sys.exit(said)  # one clear line instead of a traceback, before anything else is started

application = get_wsgi_application()
