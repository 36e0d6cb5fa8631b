"""Live updates: the ASGI process beside the pages. Reads the settings, but starts no Django."""

import logging.config
import os

from django.conf import settings
from psycopg.conninfo import make_conninfo

from onehall.entrances.console.worker import end_with_parent
from onehall.foundation.outbox.live import LiveUpdates
from onehall.foundation.telemetry.configuration import catch_the_uncaught

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
logging.config.dictConfig(settings.LOGGING)
catch_the_uncaught()
end_with_parent()
_PARTS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
_database = settings.DATABASES["default"]
_conninfo = make_conninfo(
    "application_name=onehall-live",
    **{ours: str(_database[djangos]) for djangos, ours in _PARTS.items() if _database[djangos]},
)
application = LiveUpdates(_conninfo, settings.ALLOWED_HOSTS)
