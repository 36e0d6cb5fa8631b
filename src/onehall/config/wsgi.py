"""Pages: Django behind granian, with the static files beside it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from onehall.entrances.console.worker import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
end_with_parent()
_pages = get_wsgi_application()
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
application = WhiteNoise(_pages, root=str(settings.STATIC_ROOT), prefix=settings.STATIC_URL)
