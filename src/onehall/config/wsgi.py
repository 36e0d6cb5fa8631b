"""Pages: Django behind granian, with the static files beside it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from whitenoise import WhiteNoise

from onehall.entrances.console.worker import end_with_parent
from onehall.foundation.collector import leave_what_is_loaded
from onehall.foundation.telemetry.configuration import catch_the_uncaught

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
end_with_parent()
_pages = get_wsgi_application()
catch_the_uncaught()
_map = get_resolver().url_patterns
"""Read now, the API's library with it: nobody's first page waits for it."""
leave_what_is_loaded()
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
application = WhiteNoise(_pages, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL)
